import { expect, test } from "vitest";
import { createDesk, refusal } from "#lib/testing/work-desk";

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);

test("P3 opens projects with ids 1, 2, 3 per organization; P2 lists them, the newest change first", async () => {
  const desk = await createDesk();
  expect(await desk.get("/api/projects")).toMatchObject({ status: 200, body: { success: true, data: [] } });
  const first = await desk.post("/api/projects", { name: "  E-commerce Platform ", description: "A shop" });
  expect(first).toMatchObject({ status: 200, body: { success: true, id: 1 } });
  expect((await desk.post("/api/projects", { name: "E-commerce Platform" })).body).toEqual({ success: true, id: 2 });
  const { body } = await desk.get("/api/projects");
  expect(body.data.map(({ id }: { id: number }) => id)).toEqual([2, 1]);
  expect(body.data[1]).toEqual({
    id: 1,
    name: "E-commerce Platform",
    description: "A shop",
    status: "active",
    total_credits_used: 0,
    total_sessions: 0,
    created_at: time,
    updated_at: time,
  });
  expect(body.data[0].description).toBeNull();
  expect(await desk.events("project.created")).toEqual([
    { project_id: 1, name: "E-commerce Platform" },
    { project_id: 2, name: "E-commerce Platform" },
  ]);
  const other = await createDesk();
  expect((await other.post("/api/projects", { name: "Theirs" })).body.id).toBe(1);
});

test("P3 ids have no gaps, also when many are made at once and some are refused", async () => {
  const desk = await createDesk();
  const made = Array.from({ length: 30 }, (_, index) => desk.post("/api/projects", { name: index % 3 ? "x" : "" }));
  const ids = (await Promise.all(made)).filter(({ status }) => status === 200).map(({ body }) => body.id);
  expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test("P3 with an Idempotency-Key a repeat answers the same and opens nothing", async () => {
  const desk = await createDesk();
  const open = () => desk.post("/api/projects", { name: "Once" }, { "idempotency-key": "p-1" });
  expect((await open()).body).toEqual({ success: true, id: 1 });
  const again = await open();
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(again.body).toEqual({ success: true, id: 1 });
  expect((await desk.get("/api/projects")).body.data).toHaveLength(1);
});

test.each([
  [{}, "Project name is required"],
  [{ name: null }, "Project name is required"],
  [{ name: "" }, "Project name is required"],
  [{ name: " \n\t" }, "Project name is required"],
  [{ name: 7 }, "Project name must be a string"],
  [{ name: "x".repeat(201) }, "Project name must have at most 200 characters"],
  [{ name: "x", description: 1 }, "description must be a string"],
  [{ name: "x", description: "x".repeat(10_001) }, "description must have at most 10000 characters"],
  ["{", "The body is not valid JSON."],
])("P3 refuses %j: %s", async (body, error) => {
  const desk = await createDesk();
  expect(await desk.post("/api/projects", body)).toMatchObject(refusal(400, error));
});

test("P2 the totals are the project's sessions added up", async () => {
  const desk = await createDesk();
  const [project, account] = [await desk.addProject(), await desk.addAccount("A")];
  await desk.addProject("Newer");
  for (const credits_used of [88, 12]) {
    const id = await desk.startSession(project, account);
    await desk.sessions.patch(id, { status: "completed", credits_used });
    await desk.patch(`/api/accounts/${account}`, { credits_available: 100 });
  }
  const { body } = await desk.get("/api/projects");
  expect(body.data[0]).toMatchObject({ id: project, total_sessions: 2, total_credits_used: 100 });
  expect(body.data[1]).toMatchObject({ total_sessions: 0, total_credits_used: 0 });
});

test("+P1 changes what is given and nothing else", async () => {
  const desk = await createDesk();
  await desk.post("/api/projects", { name: "One", description: "First" });
  expect((await desk.patch("/api/projects/1", { status: "paused" })).body).toMatchObject({
    success: true,
    data: { id: 1, name: "One", description: "First", status: "paused" },
  });
  expect((await desk.patch("/api/projects/1", { description: null, name: "Two" })).body.data).toMatchObject({
    name: "Two",
    description: null,
    status: "paused",
  });
  expect((await desk.patch("/api/projects/1", {})).body.data).toMatchObject({ name: "Two", status: "paused" });
  const statuses = "status must be one of: active, paused, completed, archived";
  expect(await desk.patch("/api/projects/1", { status: "gone" })).toMatchObject(refusal(400, statuses));
  expect(await desk.patch("/api/projects/1", { name: " " })).toMatchObject(refusal(400, "Project name is required"));
});

test("+P5 lists files with a project; one path is listed once", async () => {
  const desk = await createDesk();
  await desk.addProject();
  expect((await desk.post("/api/projects/1/files", { file_path: "src/auth.ts" })).body).toEqual({
    success: true,
    id: 1,
  });
  const added = { file_path: "README.md", importance: "critical" };
  expect((await desk.post("/api/projects/1/files", added)).body.id).toBe(2);
  expect((await desk.get("/api/projects/1/files")).body).toEqual({
    success: true,
    data: [
      { id: 1, project_id: 1, file_path: "src/auth.ts", importance: "medium", created_at: time },
      { id: 2, project_id: 1, file_path: "README.md", importance: "critical", created_at: time },
    ],
  });
  expect(await desk.post("/api/projects/1/files", added)).toMatchObject(
    refusal(409, "The project already lists the file README.md"),
  );
  expect((await desk.post("/api/projects/1/files", { file_path: "next" })).body.id).toBe(3);
  expect(await desk.post("/api/projects/1/files", {})).toMatchObject(refusal(400, "file_path is required"));
  const importances = "importance must be one of: critical, high, medium, low";
  expect(await desk.post("/api/projects/1/files", { file_path: "x", importance: 1 })).toMatchObject(
    refusal(400, importances),
  );
});

test("+P1 +P5 projects of other organizations are 404, as are ids that cannot be", async () => {
  const other = await createDesk();
  await other.addProject();
  const desk = await createDesk();
  const unknown = refusal(404, "Project not found");
  for (const id of ["1", "0", "x", "1e3", "99999999999999999999", "-1"]) {
    expect(await desk.patch(`/api/projects/${id}`, { name: "Mine" }), id).toMatchObject(unknown);
    expect(await desk.get(`/api/projects/${id}/files`), id).toMatchObject(unknown);
    expect(await desk.post(`/api/projects/${id}/files`, { file_path: "x" }), id).toMatchObject(unknown);
  }
});

test("P1 counts what is active, and adds up sessions, credits and rotations; zeros when empty", async () => {
  const desk = await createDesk();
  const nothing = { active_projects: 0, active_accounts: 0, total_credits: 0, total_sessions: 0 };
  expect((await desk.get("/api/stats")).body).toMatchObject({ success: true, data: nothing });
  const [project, account] = [await desk.addProject(), await desk.addAccount("A")];
  await desk.patch(`/api/projects/${await desk.addProject("Paused")}`, { status: "paused" });
  await desk.addAccount("B", { status: "active" });
  await desk.addAccount("C", { status: "blocked" });
  await desk.addAccount("D", { status: "exhausted" });
  const session = await desk.startSession(project, account);
  await desk.sessions.patch(session, { status: "completed", credits_used: 30 });
  await desk.startSession(project, account);
  const before = { active_projects: 1, active_accounts: 2, total_credits: 30, total_sessions: 2, rotations: 0 };
  expect((await desk.get("/api/stats")).body.data).toEqual({
    ...before,
    estimated_savings: { credits: 0, minutes: 0 },
  });
  await desk.post("/api/private/auto-rotate", { current_account_id: account, project_id: project });
  expect((await desk.get("/api/stats")).body.data).toEqual({
    ...before,
    active_accounts: 1,
    rotations: 1,
    estimated_savings: { credits: 15, minutes: 20 },
  });
  expect((await (await createDesk()).get("/api/stats")).body.data).toMatchObject(nothing);
});
