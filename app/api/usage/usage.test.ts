import { expect, test } from "vitest";
import { createKey } from "#lib/keys/service";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";
import { addUsage, daysAgo, moveCredits } from "#lib/testing/usage-rows";

async function withUsage() {
  const organization = await createOrganization();
  const { organizationId, keyId, userId } = organization;
  await moveCredits(organizationId, "grant", 100, daysAgo(50));
  await moveCredits(organizationId, "usage", -10, daysAgo(0, "00:00:00"));
  await addUsage(organizationId, [
    {
      type: "invocation",
      at: daysAgo(0, "00:00:00"),
      description: "Agent invocation",
      value: 10,
      model: "gpt4",
      keyId,
      userId,
    },
    { type: "package_upload", at: daysAgo(1), description: "Package 1.0.0" },
    { type: "invocation", at: daysAgo(31), quantity: 2 },
  ]);
  return organization;
}

test("C26 answers exactly its eight figures, and another organization's never", async () => {
  const { apiKey } = await withUsage();
  const answer = await send("GET /api/usage/metrics", { apiKey });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    invocations: 1,
    invocationsChange: -50,
    packagesUploaded: 1,
    packagesChange: 100,
    apiCalls: 0,
    apiCallsChange: 0,
    creditsUsed: 10,
    creditsChange: 100,
  });
  const other = await createOrganization();
  const { body } = await send("GET /api/usage/metrics", { apiKey: other.apiKey });
  expect(body).toMatchObject({ invocations: 0, creditsUsed: 0 });
});

test("C26 calls of the API are counted within a second", async () => {
  const { apiKey } = await createOrganization();
  for (let call = 0; call < 5; call++) await send("GET /api/api-keys", { apiKey });
  const counted = async () => (await send("GET /api/usage/metrics", { apiKey })).body.apiCalls;
  await expect.poll(counted, { timeout: 5_000 }).toBeGreaterThanOrEqual(5);
});

test("C27 answers as many rows as days, 30 unless said, the last one today", async () => {
  const { apiKey } = await withUsage();
  const { body } = await send("GET /api/usage/chart", { apiKey });
  expect(Object.keys(body)).toEqual(["data"]);
  expect(body.data).toHaveLength(30);
  expect(body.data.at(-1)).toMatchObject({ invocations: 1, credits: 10 });
  for (const { date } of body.data) expect(date).toMatch(/^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-3]\d$/);
  for (const days of [1, 7, 365]) {
    expect((await send(`GET /api/usage/chart?days=${days}`, { apiKey })).body.data).toHaveLength(days);
  }
});

test.each(["0", "366", "-1", "1.5", "abc", "", "1e2", "99999999999999999999"])(
  "C27 days=%s is 400 and names the field",
  async (days) => {
    const { apiKey } = await createOrganization();
    for (const path of ["chart?", "breakdown?by=model&"]) {
      const answer = await send(`GET /api/usage/${path}days=${days}`, { apiKey });
      expect(answer).toMatchObject({
        status: 400,
        body: { code: "VALIDATION_ERROR", details: { days: expect.any(String) } },
      });
    }
  },
);

test("C28 answers the newest events, a value only where there is one", async () => {
  const { apiKey } = await withUsage();
  const { status, body } = await send("GET /api/usage/activity", { apiKey });
  expect(status).toBe(200);
  const [upload, invocation] = ["package_upload", "invocation"].map((type) =>
    body.events.find((event: { type: string }) => event.type === type),
  );
  expect(invocation).toEqual({
    id: expect.any(String),
    type: "invocation",
    description: "Agent invocation",
    value: 10,
    timestamp: `${daysAgo(0, "00:00:00").slice(0, -1)}.000Z`,
  });
  expect(upload).not.toHaveProperty("value");
  expect((await send("GET /api/usage/activity?limit=2", { apiKey })).body.events).toHaveLength(2);
  expect((await send("GET /api/usage/activity?limit=2&offset=3", { apiKey })).body.events).toHaveLength(1);
  const other = await createOrganization();
  const { events } = (await send("GET /api/usage/activity", { apiKey: other.apiKey })).body;
  expect(events.map(({ type }: { type: string }) => type)).toEqual(["key_created"]);
});

test("C28 lists 20 unless said and 100 at most; a limit that is no number of events is 400", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const row = { type: "invocation", at: daysAgo(2) };
  await addUsage(
    organizationId,
    Array.from({ length: 110 }, () => row),
  );
  const lengthOf = async (query: string) =>
    (await send(`GET /api/usage/activity${query}`, { apiKey })).body.events.length;
  expect(await lengthOf("")).toBe(20);
  expect(await lengthOf("?limit=1")).toBe(1);
  expect(await lengthOf("?limit=100")).toBe(100);
  expect(await lengthOf("?limit=101")).toBe(100);
  for (const query of ["limit=0", "limit=-5", "limit=x", "limit=1.5", "offset=-1"]) {
    const answer = await send(`GET /api/usage/activity?${query}`, { apiKey });
    expect(answer.body.details, query).toHaveProperty(query.split("=")[0] ?? "");
    expect(answer.status).toBe(400);
  }
});

test("the breakdown answers by each dimension and refuses others", async () => {
  const { apiKey, keyId, email } = await withUsage();
  const itemOf = async (by: string) => (await send(`GET /api/usage/breakdown?by=${by}`, { apiKey })).body.items[0];
  expect(await itemOf("model")).toMatchObject({ id: "gpt4", name: "gpt4", invocations: 1, credits: 10 });
  expect(await itemOf("key")).toMatchObject({ id: keyId, name: "Test key", invocations: 1, credits: 10 });
  expect(await itemOf("member")).toMatchObject({ name: email, invocations: 1, credits: 10 });
  for (const query of ["", "?by=colour", "?by=model&limit=0", "?by=model&limit=51"])
    expect((await send(`GET /api/usage/breakdown${query}`, { apiKey })).status, query).toBe(400);
});

test("a budget is set by owners and admins and read by all; members cannot set it, nor can a key for reading", async () => {
  const { organizationId, apiKey, userId, email, ctx } = await createOrganization();
  const owner = await signToken({ userId, email });
  expect(await send("PATCH /api/usage/budget", { token: owner, body: { monthlyCredits: 500 } })).toMatchObject({
    status: 200,
    body: { budget: { monthlyCredits: 500, creditsUsed: 0, percentUsed: 0, alerts: [] } },
  });
  for (const role of ["admin", "member"] as const) {
    const person = await addMember(organizationId, role);
    const token = await signToken(person);
    const changed = await send("PATCH /api/usage/budget", { token, body: { monthlyCredits: 700 } });
    expect(changed.status, role).toBe(role === "admin" ? 200 : 403);
    expect((await send("GET /api/usage/budget", { token })).body.budget.monthlyCredits).toBe(700);
  }
  const { apiKey: reading } = await createKey(ctx, { name: "Reading", scopes: ["billing:read"] });
  expect((await send("PATCH /api/usage/budget", { apiKey: reading.key, body: { monthlyCredits: 1 } })).status).toBe(
    403,
  );
  expect((await send("PATCH /api/usage/budget", { apiKey, body: { monthlyCredits: null } })).body.budget).toMatchObject(
    {
      monthlyCredits: null,
      percentUsed: null,
    },
  );
  const other = await createOrganization();
  expect((await send("GET /api/usage/budget", { apiKey: other.apiKey })).body.budget.monthlyCredits).toBeNull();
});

test.each([
  {},
  { monthlyCredits: 0 },
  { monthlyCredits: -5 },
  { monthlyCredits: 1.5 },
  { monthlyCredits: "9" },
  { monthlyCredits: 1e12 },
])("the budget %j is 400 and changes nothing", async (body) => {
  const { apiKey } = await createOrganization();
  const answer = await send("PATCH /api/usage/budget", { apiKey, body });
  expect(answer).toMatchObject({ status: 400, body: { details: { monthlyCredits: expect.any(String) } } });
  expect((await send("GET /api/usage/budget", { apiKey })).body.budget.monthlyCredits).toBeNull();
});

test("C23, C26, C27 balance, budget, metrics and chart agree about the credits used", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await moveCredits(organizationId, "grant", 1_000, daysAgo(50));
  await moveCredits(organizationId, "usage", -70, daysAgo(0, "00:00:00"));
  await moveCredits(organizationId, "refund", 28, daysAgo(0, "00:00:01"));
  const [balance, budget, metrics, chart] = await Promise.all(
    ["credits/balance", "usage/budget", "usage/metrics", "usage/chart?days=1"].map(
      async (path) => (await send(`GET /api/${path}`, { apiKey })).body,
    ),
  );
  expect(balance.usage_this_month).toBe(42);
  expect(budget.budget.creditsUsed).toBe(42);
  expect(metrics.creditsUsed).toBe(42);
  expect(chart.data[0].credits).toBe(42);
});
