import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createDesk, refusal } from "#lib/testing/work-desk";

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/);
const types = "session_type must be one of: development, bugfix, feature, refactor, deployment";

/** A desk with one project and one account. */
async function startDesk() {
  const desk = await createDesk();
  return { ...desk, project: await desk.addProject(), account: await desk.addAccount("Account-04") };
}

test("P7 starts a session: the account becomes active, the project moves to the top", async () => {
  const desk = await createDesk();
  const project = await desk.addProject("First");
  await desk.addProject("Second");
  const account = await desk.addAccount("Account-04");
  const sent = { project_id: project, account_id: account, objectives: "Implement user authentication" };
  const made = await desk.sessions.create(sent);
  expect(made).toMatchObject({ status: 200, body: { success: true, id: 1, session_number: 1 } });
  expect((await desk.sessions.get(1)).body).toEqual({
    success: true,
    data: {
      id: 1,
      project_id: project,
      account_id: account,
      session_number: 1,
      session_type: "development",
      objectives: "Implement user authentication",
      accomplishments: null,
      blockers: null,
      credits_used: 0,
      duration_minutes: null,
      status: "in_progress",
      started_at: time,
      completed_at: null,
      project_name: "First",
      account_name: "Account-04",
    },
  });
  expect(await desk.accountNamed("Account-04")).toMatchObject({ status: "active", credits_available: 100 });
  expect((await desk.get("/api/projects")).body.data[0]).toMatchObject({ name: "First", total_sessions: 1 });
  const facts = { session_id: 1, session_number: 1, project_id: project, account_id: account };
  expect(await desk.events("work_session.created")).toEqual([facts]);
});

test("P7 numbers count in each project; ids count over all", async () => {
  const desk = await startDesk();
  const other = await desk.addProject("Other");
  const start = async (project_id: number) =>
    (await desk.sessions.create({ project_id, account_id: desk.account })).body;
  expect(await start(desk.project)).toMatchObject({ id: 1, session_number: 1 });
  expect(await start(other)).toMatchObject({ id: 2, session_number: 1 });
  expect(await start(desk.project)).toMatchObject({ id: 3, session_number: 2 });
});

test("P7 100 sessions at once get the numbers and ids 1 to 100, without gaps or repeats", async () => {
  const desk = await startDesk();
  const second = await desk.addAccount("Second");
  const start = (index: number) =>
    desk.sessions.create({ project_id: desk.project, account_id: index % 2 ? desk.account : second });
  const made = await Promise.all(Array.from({ length: 100 }, (_, index) => start(index)));
  const inOrder = (name: "id" | "session_number") => made.map(({ body }) => body[name]).sort((a, b) => a - b);
  const expected = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(inOrder("session_number")).toEqual(expected);
  expect(inOrder("id")).toEqual(expected);
});

test("P7 suggests knowledge that fits the objectives", async () => {
  const desk = await startDesk();
  const sent = { project_id: desk.project, account_id: desk.account };
  const { body } = await desk.sessions.create({ ...sent, objectives: "Prepare a zero-loss handoff" });
  expect(body.suggestions[0]).toEqual({ id: 1, category: "pattern", title: "Zero-Loss Handoff Protocol" });
  expect((await desk.sessions.create(sent)).body.suggestions).toEqual([]);
});

test("P7 an exhausted or blocked account is 409 and takes no number", async () => {
  const desk = await startDesk();
  const sent = { project_id: desk.project, account_id: desk.account };
  for (const status of ["exhausted", "blocked"]) {
    await desk.patch(`/api/accounts/${desk.account}`, { status });
    expect(await desk.sessions.create(sent)).toMatchObject(
      refusal(409, `Account is ${status}; choose another account`),
    );
  }
  await desk.patch(`/api/accounts/${desk.account}`, { status: "available" });
  expect((await desk.sessions.create(sent)).body).toMatchObject({ id: 1, session_number: 1 });
});

test("P7 projects and accounts of other organizations are 404", async () => {
  const other = await startDesk();
  const desk = await createDesk();
  const account = await desk.addAccount("Mine");
  expect(await desk.sessions.create({ project_id: other.project, account_id: account })).toMatchObject(
    refusal(404, "Project not found"),
  );
  const project = await desk.addProject();
  for (const account_id of [2, 0, -1, 2 ** 40]) {
    expect(await desk.sessions.create({ project_id: project, account_id })).toMatchObject(
      refusal(404, "Account not found"),
    );
  }
  expect((await desk.sessions.create({ project_id: project, account_id: account })).body.session_number).toBe(1);
});

test.each([
  [{ account_id: 1 }, "project_id is required"],
  [{ project_id: 1 }, "account_id is required"],
  [{ project_id: "1", account_id: 1 }, "project_id must be an integer"],
  [{ project_id: 1.5, account_id: 1 }, "project_id must be an integer"],
  [{ project_id: 1, account_id: true }, "account_id must be an integer"],
  [{ project_id: 1, account_id: 1, session_type: "nap" }, types],
  [{ project_id: 1, account_id: 1, objectives: [] }, "objectives must be a string"],
  [{ project_id: 1, account_id: 1, objectives: "x".repeat(10_001) }, "objectives must have at most 10000 characters"],
])("P7 refuses %#: %s", async (body, error) => {
  const desk = await startDesk();
  expect(await desk.sessions.create(body)).toMatchObject(refusal(400, error));
});

test("P6 lists the last 50, newest first, by project and account", async () => {
  const desk = await startDesk();
  const [project, account] = [await desk.addProject("Other"), await desk.addAccount("Other")];
  for (let count = 0; count < 51; count++) await desk.startSession(desk.project, desk.account);
  const last = await desk.startSession(project, account, { session_type: "bugfix" });
  const all = await desk.sessions.list();
  expect(all.status).toBe(200);
  expect(all.body.data).toHaveLength(50);
  expect(all.body.data[0]).toMatchObject({
    id: last,
    project_name: "Other",
    account_name: "Other",
    session_type: "bugfix",
  });
  expect(all.body.data[49].id).toBe(3);
  const ids = async (query: string) => (await desk.sessions.list(query)).body.data.map(({ id }: { id: number }) => id);
  expect(await ids(`?project_id=${project}`)).toEqual([last]);
  expect(await ids(`?project_id=${project}&account_id=${account}`)).toEqual([last]);
  expect(await ids(`?project_id=${desk.project}&account_id=${account}`)).toEqual([]);
  for (const unknown of ["99", "-1", "99999999999999999999"]) expect(await ids(`?project_id=${unknown}`)).toEqual([]);
  for (const wrong of ["x", "1.5", "", "1e3"]) {
    expect(await desk.sessions.list(`?account_id=${wrong}`), wrong).toMatchObject(
      refusal(400, "account_id must be an integer"),
    );
  }
  expect((await (await createDesk()).sessions.list(`?project_id=${desk.project}`)).body.data).toEqual([]);
});

test("+P3 ending a session sets its end and its minutes and draws its credits from the account", async () => {
  const desk = await startDesk();
  const id = await desk.startSession(desk.project, desk.account);
  await system.run(sql`
    update work_sessions set started_at = now() - interval '45 minutes 50 seconds'
    where organization_id = ${desk.organizationId} and id = ${id}`);
  const logged = await desk.sessions.patch(id, { accomplishments: "Login works", blockers: "No mail server" });
  expect(logged.body.data).toMatchObject({ status: "in_progress", completed_at: null, accomplishments: "Login works" });
  const ended = await desk.sessions.patch(id, { status: "completed", credits_used: 88 });
  expect(ended).toMatchObject({
    status: 200,
    body: {
      success: true,
      data: {
        status: "completed",
        credits_used: 88,
        duration_minutes: 45,
        completed_at: time,
        accomplishments: "Login works",
        blockers: "No mail server",
      },
    },
  });
  expect(await desk.accountNamed("Account-04")).toMatchObject({ credits_available: 12, status: "available" });
  expect(await desk.events("work_session.ended")).toEqual([
    { session_id: id, project_id: desk.project, status: "completed" },
  ]);
});

test("+P3 credits that were logged before are drawn at the end, once; a later correction draws the difference", async () => {
  const desk = await startDesk();
  const id = await desk.startSession(desk.project, desk.account);
  const left = async () => (await desk.accountNamed("Account-04")).credits_available;
  await desk.sessions.patch(id, { credits_used: 40 });
  expect(await left()).toBe(100);
  await desk.sessions.patch(id, { status: "failed" });
  expect(await left()).toBe(60);
  await desk.sessions.patch(id, { status: "completed", blockers: null });
  expect(await left()).toBe(60);
  await desk.sessions.patch(id, { credits_used: 50 });
  expect(await left()).toBe(50);
  await desk.sessions.patch(id, { credits_used: 30 });
  expect(await left()).toBe(70);
});

test("+P3 an account never falls below 0, is exhausted at 0, and stays blocked", async () => {
  const desk = await startDesk();
  const end = async (credits_used: number) => {
    const id = await desk.startSession(desk.project, desk.account);
    await desk.sessions.patch(id, { status: "completed", credits_used });
    return desk.accountNamed("Account-04");
  };
  expect(await end(99)).toMatchObject({ credits_available: 1, status: "available" });
  expect(await end(5)).toMatchObject({ credits_available: 0, status: "exhausted" });
  await desk.patch(`/api/accounts/${desk.account}`, { credits_available: 100, status: "available" });
  const id = await desk.startSession(desk.project, desk.account);
  await desk.patch(`/api/accounts/${desk.account}`, { status: "blocked" });
  await desk.sessions.patch(id, { status: "completed", credits_used: 10 });
  expect(await desk.accountNamed("Account-04")).toMatchObject({ credits_available: 90, status: "blocked" });
});

test("+P3 two ends at the same moment draw the credits once", async () => {
  const desk = await startDesk();
  const id = await desk.startSession(desk.project, desk.account);
  const end = () => desk.sessions.patch(id, { status: "completed", credits_used: 10 });
  expect((await Promise.all([end(), end(), end(), end()])).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(await desk.accountNamed("Account-04")).toMatchObject({ credits_available: 90 });
});

test("K8 credits of accounts and credits of the organization never touch each other", async () => {
  const desk = await startDesk();
  const balance = async () => (await desk.get("/api/credits/balance")).body;
  const before = await balance();
  const id = await desk.startSession(desk.project, desk.account);
  await desk.sessions.patch(id, { status: "completed", credits_used: 88 });
  expect(await balance()).toEqual(before);
  expect(JSON.stringify(before)).toContain("25");
  const { rows } = await system.one<{ rows: number }>(sql`
    select count(*) as rows from credit_transactions where organization_id = ${desk.organizationId}`);
  expect(rows).toBe(1);
});

test("+P3 a session that has ended is not opened again, and one of another organization is 404", async () => {
  const desk = await startDesk();
  const id = await desk.startSession(desk.project, desk.account);
  await desk.sessions.patch(id, { status: "completed" });
  expect(await desk.sessions.patch(id, { status: "in_progress" })).toMatchObject(
    refusal(409, "A session that has ended cannot be opened again; start a new one"),
  );
  const other = await createDesk();
  for (const unknown of [id, 0, 999_999_999_999_999]) {
    expect(await other.sessions.get(unknown)).toMatchObject(refusal(404, "Session not found"));
    expect(await other.sessions.patch(unknown, { blockers: "x" })).toMatchObject(refusal(404, "Session not found"));
  }
});

test.each([
  [{ status: "done" }, "status must be one of: in_progress, completed, failed, handed_off"],
  [{ credits_used: -1 }, "credits_used must be an integer from 0 to 1000000000"],
  [{ credits_used: "88" }, "credits_used must be an integer from 0 to 1000000000"],
  [{ blockers: 5 }, "blockers must be a string"],
  [{ accomplishments: "x".repeat(10_001) }, "accomplishments must have at most 10000 characters"],
])("+P3 refuses %#: %s", async (body, error) => {
  const desk = await startDesk();
  const id = await desk.startSession(desk.project, desk.account);
  expect(await desk.sessions.patch(id, body)).toMatchObject(refusal(400, error));
});
