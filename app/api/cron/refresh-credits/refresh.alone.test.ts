import { afterAll, beforeEach, expect, test } from "vitest";
import { drawCredits, refreshDueCredits } from "#lib/account-pool/credits";
import { sql } from "#lib/db/sql";
import { system, tenant, transaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { send } from "#lib/testing/client";
import { ownDatabase } from "#lib/testing/own-database";
import { createDesk } from "#lib/testing/work-desk";

await ownDatabase();

const secret = "cron-secret-of-the-tests";
const refresh = (headers: Record<string, string> = { "x-cron-secret": secret }, method = "POST") =>
  send(`${method} /api/cron/refresh-credits`, { headers });

beforeEach(() => provideEnvironment({ CRON_SECRET: secret }));
afterAll(() => provideEnvironment({ CRON_SECRET: "" }));

/** Moves the last refresh of an organization's accounts to yesterday. */
const yesterday = (organizationId: string) =>
  system.run(sql`
    update pool_accounts set refreshed_at = now() - interval '1 day' where organization_id = ${organizationId}`);

test("+P6 fills accounts up and leaves blocked ones untouched, over all organizations", async () => {
  const [desk, other] = [await createDesk(), await createDesk()];
  await desk.addAccount("Low", { credits_available: 12 });
  await desk.addAccount("Empty", { credits_available: 0 });
  await desk.addAccount("Given up", { credits_available: 60, status: "exhausted" });
  await desk.addAccount("Blocked", { credits_available: 5, status: "blocked" });
  await desk.addAccount("Busy", { credits_available: 50, status: "active" });
  await desk.addAccount("Full");
  await desk.addAccount("Rich", { credits_available: 500 });
  await other.addAccount("Theirs", { credits_available: 1 });
  expect(await refresh()).toMatchObject({ status: 200, body: { refreshed: 6 } });
  const { body } = await desk.get("/api/accounts");
  const states = body.data.map((one: Record<string, unknown>) => [one.account_name, one.credits_available, one.status]);
  expect(states).toEqual([
    ["Blocked", 5, "blocked"],
    ["Busy", 100, "active"],
    ["Empty", 100, "available"],
    ["Full", 100, "available"],
    ["Given up", 100, "available"],
    ["Low", 100, "available"],
    ["Rich", 100, "available"],
  ]);
  expect(await other.accountNamed("Theirs")).toMatchObject({ credits_available: 100 });
  expect(await desk.events("accounts.refreshed")).toEqual([{ refreshed: 5 }]);
  expect(await refresh({ authorization: `Bearer ${secret}` }, "GET")).toMatchObject({ body: { refreshed: 0 } });
});

test("+P6 is 401 without the secret and changes nothing", async () => {
  const desk = await createDesk();
  await desk.addAccount("Low", { credits_available: 12 });
  const wrong: Record<string, string>[] = [
    {},
    { "x-cron-secret": "wrong" },
    { authorization: `Bearer ${desk.apiKey}` },
  ];
  for (const headers of wrong) {
    for (const method of ["GET", "POST"]) expect((await refresh(headers, method)).status).toBe(401);
  }
  expect(await desk.accountNamed("Low")).toMatchObject({ credits_available: 12 });
});

test("+P6 an account with a time of its own is filled up when it has come, then a day later", async () => {
  const desk = await createDesk();
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const past = new Date(Date.now() - 25 * 3_600_000).toISOString();
  await desk.addAccount("Later", { credits_available: 1, resets_at: later });
  await desk.addAccount("Due", { credits_available: 1, resets_at: past });
  await refresh();
  expect(await desk.accountNamed("Later")).toMatchObject({ credits_available: 1 });
  const due = await desk.accountNamed("Due");
  expect(due.credits_available).toBe(100);
  const next = Date.parse(`${due.resets_at.replace(" ", "T")}Z`);
  expect(next - Math.floor(Date.parse(past) / 1_000) * 1_000).toBe(48 * 3_600_000);
});

test("+P6 the upkeep fills up once a day and at accounts' own times", async () => {
  const desk = await createDesk();
  await desk.addAccount("Low", { credits_available: 12 });
  await desk.addAccount("Blocked", { credits_available: 3, status: "blocked" });
  await desk.addAccount("Due", { credits_available: 1, resets_at: new Date(Date.now() - 1_000).toISOString() });
  await refreshDueCredits();
  expect(await desk.accountNamed("Due")).toMatchObject({ credits_available: 100 });
  expect(await desk.accountNamed("Low")).toMatchObject({ credits_available: 12 });
  await yesterday(desk.organizationId);
  await refreshDueCredits();
  expect(await desk.accountNamed("Low")).toMatchObject({ credits_available: 100 });
  expect(await desk.accountNamed("Blocked")).toMatchObject({ credits_available: 3 });
  await desk.patch("/api/accounts/1", { credits_available: 12 });
  await refreshDueCredits();
  expect(await desk.accountNamed("Low")).toMatchObject({ credits_available: 12 });
});

test("+P6 waits for an account that somebody is changing", async () => {
  const desk = await createDesk();
  const id = await desk.addAccount("Low", { credits_available: 12 });
  const { promise: release, resolve } = Promise.withResolvers<void>();
  const { promise: held, resolve: hold } = Promise.withResolvers<void>();
  const change = transaction(desk.ctx, async (tx) => {
    await drawCredits(tx, desk.organizationId, id, 2);
    hold();
    await release;
  });
  await held;
  const others = await desk.addAccount("Free", { credits_available: 12 });
  const refreshing = refresh();
  // The other account is filled up while this one is held.
  await expect.poll(async () => (await desk.get(`/api/accounts/${others}`)).body.data.credits_available).toBe(100);
  resolve();
  await change;
  await refreshing;
  expect(await desk.events("accounts.refreshed")).toEqual([{ refreshed: 1 }, { refreshed: 1 }]);
  expect(await desk.accountNamed("Low")).toMatchObject({ credits_available: 100 });
});

test("drawn credits are exact under parallel use, never below 0, exhausted at 0; another organization draws nothing", async () => {
  const desk = await createDesk();
  const id = await desk.addAccount("Pool");
  const draw = (credits: number, organizationId = desk.organizationId) =>
    drawCredits(tenant(desk.ctx), organizationId, id, credits);
  await Promise.all(Array.from({ length: 30 }, () => draw(3)));
  expect(await desk.accountNamed("Pool")).toMatchObject({ credits_available: 10, status: "available" });
  expect(await draw(11)).toEqual({ creditsAvailable: 0, status: "exhausted" });
  expect(await draw(5)).toEqual({ creditsAvailable: 0, status: "exhausted" });
  expect(await draw(5, (await createDesk()).organizationId)).toBeUndefined();
});
