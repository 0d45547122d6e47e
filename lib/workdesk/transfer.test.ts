import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createDesk, refusal } from "#lib/testing/work-desk";

type Exported = Record<string, unknown> & { sessions: Record<string, unknown>[] };

/** A project with three sessions on two accounts, a file and an entry of knowledge. */
async function filledDesk() {
  const desk = await createDesk();
  await desk.addProject("Before");
  const { body } = await desk.post("/api/projects", { name: "Barber SaaS ✂️", description: "Line 1\nLine 2" });
  await desk.patch(`/api/projects/${body.id}`, { status: "paused" });
  const accounts = [await desk.addAccount("Mine"), await desk.addAccount("Shared", { platform: "claude" })];
  const types = ["feature", "bugfix", "deployment"];
  for (const [index, session_type] of types.entries()) {
    const id = await desk.startSession(body.id, accounts[index % 2] ?? 0, {
      session_type,
      objectives: `Goal ${index}`,
    });
    if (index < 2) {
      await desk.sessions.patch(id, { status: "completed", credits_used: 40 + index, accomplishments: `Did ${index}` });
    }
  }
  await system.run(sql`
    update work_sessions set started_at = started_at - interval '3 days', completed_at = completed_at - interval '2 days'
    where organization_id = ${desk.organizationId}`);
  await desk.post(`/api/projects/${body.id}/files`, { file_path: "src/a.ts", importance: "critical" });
  await desk.post("/api/knowledge", { category: "tip", title: "Own tip", description: "x", tags: "a,b" });
  const exported = () => desk.post("/api/private/export-project", { project_id: body.id });
  return { ...desk, project: Number(body.id), exported };
}

test("P15 exports the project, all its sessions by number, its files and the knowledge base", async () => {
  const desk = await filledDesk();
  const { status, body } = await desk.exported();
  expect(status).toBe(200);
  expect(body.success).toBe(true);
  expect(Object.keys(body.data).sort()).toEqual([
    "accounts",
    "exported_at",
    "files",
    "knowledge",
    "project",
    "sessions",
  ]);
  expect(body.data.project).toMatchObject({
    id: desk.project,
    status: "paused",
    total_sessions: 3,
    total_credits_used: 81,
  });
  expect(body.data.sessions).toEqual(
    await Promise.all([1, 2, 3].map(async (id) => (await desk.sessions.get(id)).body.data)),
  );
  expect(body.data.files).toEqual([{ id: 1, file_path: "src/a.ts", importance: "critical" }]);
  expect(body.data.knowledge).toHaveLength(7);
  expect(body.data.accounts.map((one: { account_name: string }) => one.account_name)).toEqual(["Mine", "Shared"]);
  expect(body.data.exported_at).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  expect(await desk.events("project.exported")).toEqual([{ project_id: desk.project, sessions: 3 }]);
});

test("P15 under one Idempotency-Key is one export, answered again as it was", async () => {
  const desk = await filledDesk();
  const exported = () =>
    desk.post("/api/private/export-project", { project_id: desk.project }, { "idempotency-key": "export-1" });
  const first = await exported();
  const again = await exported();
  expect(first.status).toBe(200);
  expect(again.body).toEqual(first.body);
  expect(await desk.events("project.exported")).toHaveLength(1);
});

test("P15 exports more sessions than a list shows", async () => {
  const desk = await createDesk();
  const [project, account] = [await desk.addProject(), await desk.addAccount("A")];
  await system.run(sql`
    insert into work_sessions (organization_id, id, project_id, account_id, session_number)
    select ${desk.organizationId}, n, ${project}, ${account}, n from generate_series(1, 1200) n`);
  const { body } = await desk.post("/api/private/export-project", { project_id: project });
  expect(body.data.sessions.map((one: { session_number: number }) => one.session_number)).toEqual(
    Array.from({ length: 1_200 }, (_, index) => index + 1),
  );
});

/** What must survive a transfer: everything but ids and the time of the change. */
function lasting({ project, sessions, files, knowledge }: Exported) {
  const { id: _, updated_at: __, ...facts } = project as Record<string, unknown>;
  const without = (rows: unknown, ...names: string[]) =>
    (rows as Record<string, unknown>[]).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))),
    );
  return {
    facts,
    sessions: without(sessions, "id", "project_id", "account_id"),
    files: without(files, "id"),
    knowledge: without(knowledge, "id", "created_at"),
  };
}

test("an export is taken over by another organization as it is, and exports the same again", async () => {
  const source = await filledDesk();
  const answer = (await source.exported()).body;
  const desk = await createDesk();
  await desk.addAccount("Shared", { credits_available: 77 });
  const taken = await desk.post("/api/private/import-project", answer);
  expect(taken).toMatchObject({
    status: 200,
    body: { success: true, id: 1, sessions: 3, files: 1, knowledge: 1, accounts: 1 },
  });
  const again = (await desk.post("/api/private/export-project", { project_id: 1 })).body;
  expect(lasting(again.data)).toEqual(lasting(answer.data));
  expect(await desk.accountNamed("Shared")).toMatchObject({ id: 1, credits_available: 77, status: "available" });
  expect(await desk.accountNamed("Mine")).toMatchObject({ id: 2, status: "blocked", platform: "genspark" });
  const next = await desk.sessions.create({ project_id: 1, account_id: 1 });
  expect(next.body).toMatchObject({ id: 4, session_number: 4 });
  expect(await desk.events("project.imported")).toEqual([{ project_id: 1, name: "Barber SaaS ✂️", sessions: 3 }]);
});

test("a second take-over makes a second project and no second accounts or knowledge", async () => {
  const source = await filledDesk();
  const answer = (await source.exported()).body;
  const again = await source.post("/api/private/import-project", answer);
  expect(again.body).toMatchObject({ id: 3, sessions: 3, knowledge: 0, accounts: 0 });
  expect((await source.get("/api/accounts")).body.data).toHaveLength(2);
});

test("an export in the document's own form, without Baton's fields, is taken over too", async () => {
  const desk = await createDesk();
  const data = {
    project: { id: 1, name: "Orchestrator" },
    sessions: [
      { id: 9, session_number: 7, credits_used: 90, status: "completed" },
      { id: 8, session_number: 2, credits_used: 80, status: "failed", started_at: "2026-02-01 03:00:00" },
    ],
    files: [{ id: 1, file_path: "src/index.tsx", importance: "critical" }],
    exported_at: "2026-02-01T10:00:00Z",
  };
  expect((await desk.post("/api/private/import-project", { data })).body).toMatchObject({ sessions: 2, accounts: 1 });
  const { body } = await desk.post("/api/private/export-project", { project_id: 1 });
  expect(body.data.sessions).toMatchObject([
    { id: 1, session_number: 2, started_at: "2026-02-01 03:00:00", account_name: "Imported account" },
    { id: 2, session_number: 7, credits_used: 90 },
  ]);
  expect((await desk.sessions.create({ project_id: 1, account_id: 1 })).status).toBe(409);
});

const session = { session_number: 1, credits_used: 1, status: "completed" };
test.each([
  [{}, "data is required: the data of an exported project"],
  [{ data: {} }, "data.project is required"],
  [{ data: { project: {} } }, "Project name is required"],
  [
    { data: { project: { name: "x" }, sessions: [{ ...session, status: "done" }] } },
    /^data\.sessions\[0\]\.status: status must be/,
  ],
  [
    { data: { project: { name: "x" }, sessions: [session, session] } },
    "data.sessions[1]: session_number 1 is there more than once",
  ],
  [
    { data: { project: { name: "x" }, files: [{ file_path: "a" }, { file_path: "a" }] } },
    "data.files[1]: file_path a is there more than once",
  ],
  [
    { data: { project: { name: "x" }, knowledge: [{ category: "x" }] } },
    /^data\.knowledge\[0\]\.category: category must be/,
  ],
  [
    { data: { project: { name: "x" }, sessions: [{ ...session, started_at: "2026-02-31 99:00:00" }] } },
    /^data\.sessions\[0\]\.started_at: started_at must be a time/,
  ],
])("an import that is wrong is refused whole: %#", async (body, error) => {
  const desk = await createDesk();
  const refused = await desk.post("/api/private/import-project", body);
  expect(refused.status).toBe(400);
  expect(refused.body.error).toMatch(error);
  expect((await desk.get("/api/projects")).body.data).toEqual([]);
});

test("P15 a project of another organization is 404, a wrong id is 400", async () => {
  const source = await filledDesk();
  const desk = await createDesk();
  const exported = (project_id: unknown) => desk.post("/api/private/export-project", { project_id });
  expect(await exported(source.project)).toMatchObject(refusal(404, "Project not found"));
  expect(await exported("1")).toMatchObject(refusal(400, "project_id must be an integer"));
  expect(await exported(undefined)).toMatchObject(refusal(400, "project_id is required"));
});
