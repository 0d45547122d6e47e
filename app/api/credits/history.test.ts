import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { addCredits, debitCredits, refundDebit, takeBackCredits } from "#lib/ledger/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

type Entry = { amount: number; description?: string; reference?: string };
const entry = ({ amount, description = "Test", reference = randomUUID() }: Entry) => ({
  amount,
  description,
  reference,
});
const add = (organizationId: string, values: Entry, type: "purchase" | "grant" = "purchase") =>
  systemTransaction((tx) => addCredits(tx, { organizationId }, { type, ...entry(values) }));
const debit = (organizationId: string, values: Entry) =>
  systemTransaction((tx) => debitCredits(tx, { organizationId }, entry(values)));

/** 25 granted, 100 bought, 40 used of which 10 came back, at 30. */
async function used() {
  const made = await createOrganization();
  const { organizationId } = made;
  await add(organizationId, { amount: 100 });
  await debit(organizationId, { amount: 30 });
  await debit(organizationId, { amount: 10, reference: "task:1" });
  await systemTransaction((tx) => refundDebit(tx, { organizationId }, { reference: "task:1", description: "Failed" }));
  return made;
}

test("C23 the balance, the month's usage less its refunds, and the last top-up", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const balance = async () => (await send("GET /api/credits/balance", { apiKey })).body;
  expect(await balance()).toEqual({
    credits: 25,
    usage_this_month: 0,
    last_topped_up: null,
    status: "active",
    credits_owed: 0,
  });
  await add(organizationId, { amount: 100 });
  await debit(organizationId, { amount: 30 });
  await debit(organizationId, { amount: 10, reference: "task:1" });
  expect(await balance()).toMatchObject({ credits: 85, usage_this_month: 40 });
  await systemTransaction((tx) => refundDebit(tx, { organizationId }, { reference: "task:1", description: "Failed" }));
  expect(await balance()).toMatchObject({ credits: 95, usage_this_month: 30 });
  await systemTransaction((tx) => takeBackCredits(tx, { organizationId }, entry({ amount: 50 })));
  expect(await balance()).toMatchObject({ credits: 45, usage_this_month: 30 });
  // What was used in the month before counts for that one, and the figure is never negative.
  await system.run(sql`
    update credit_transactions set created_at = date_trunc('month', now() at time zone 'utc') at time zone 'utc' - interval '1 second'
    where organization_id = ${organizationId} and type = 'usage'`);
  expect(await balance()).toMatchObject({ credits: 45, usage_this_month: 0 });
});

test("C25 the history has each row with its running balance, newest first, in pages", async () => {
  const { apiKey } = await used();
  const all = await send("GET /api/credits/history", { apiKey });
  expect(Object.keys(all.body)).toEqual(["transactions"]);
  expect(
    all.body.transactions.map((row: Record<string, unknown>) => [row.type, row.amount, row.balance_after]),
  ).toEqual([
    ["refund", 10, 95],
    ["usage", -10, 85],
    ["usage", -30, 95],
    ["purchase", 100, 125],
    ["grant", 25, 25],
  ]);
  expect(Object.keys(all.body.transactions[0]).sort()).toEqual(
    ["amount", "balance_after", "created_at", "description", "id", "type"].sort(),
  );
  const page = await send("GET /api/credits/history?limit=2&offset=3", { apiKey });
  expect(page.body.transactions).toEqual(all.body.transactions.slice(3));
});

test("C25 filters by type and time", async () => {
  const { organizationId, apiKey } = await used();
  await system.run(sql`
    update credit_transactions set created_at = '2026-03-05T12:00:00Z' where organization_id = ${organizationId} and type = 'purchase'`);
  await system.run(sql`
    update credit_transactions set created_at = '2026-03-06T00:00:00Z' where organization_id = ${organizationId} and type = 'grant'`);
  const types = async (query: string) => {
    const { status, body } = await send(`GET /api/credits/history?${query}`, { apiKey });
    expect(status, query).toBe(200);
    return body.transactions.map(({ type }: { type: string }) => type);
  };
  expect(await types("type=usage")).toEqual(["usage", "usage"]);
  expect(await types("type=refund")).toEqual(["refund"]);
  expect(await types("from=2026-03-05&to=2026-03-05")).toEqual(["purchase"]);
  expect(await types("to=2026-03-06")).toEqual(["purchase", "grant"]);
  expect(await types("to=2026-03-06T00:00:00Z")).toEqual(["purchase", "grant"]);
  expect(await types("to=2026-03-06T01:59:59%2B02:00")).toEqual(["purchase"]);
  expect(await types("from=2026-03-05T12:00:01Z&to=2026-03-07")).toEqual(["grant"]);
  expect(await types("from=2026-04-01&type=purchase")).toEqual([]);
});

const bad = [
  "limit=0",
  "limit=x",
  "offset=-1",
  "type=gift",
  "from=yesterday",
  "to=2026-02-30",
  "format=xls",
  "from=2026-03-02&to=2026-03-01",
];
test.each(bad)("C25 %s is 400 with the field", async (query) => {
  const { apiKey } = await createOrganization();
  const { status, body } = await send(`GET /api/credits/history?${query}`, { apiKey });
  expect({ status, code: body.code }).toEqual({ status: 400, code: "VALIDATION_ERROR" });
  expect(body.details).toHaveProperty(query.split("=")[0] ?? "");
});

test("C23 C25 another organization's money is not seen", async () => {
  const mine = await used();
  const other = await createOrganization();
  expect((await send("GET /api/credits/balance", { apiKey: other.apiKey })).body.credits).toBe(25);
  expect((await send("GET /api/credits/history", { apiKey: other.apiKey })).body.transactions).toHaveLength(1);
  expect((await send("GET /api/credits/history?format=csv", { apiKey: other.apiKey })).text).not.toContain("usage");
  expect(mine.organizationId).not.toBe(other.organizationId);
});

test("C25 as CSV: every row of the filter, over several pages, safe from formulas", async () => {
  const { organizationId, apiKey } = await createOrganization();
  const evil = '=HYPERLINK("http://x","a")';
  await add(organizationId, { amount: 5_000, description: evil });
  await system.run(sql`
    select baton.debit_credits(${organizationId}, 1, '+' || n, 'bulk:' || n) from generate_series(1, 1203) as n`);
  const file = await send("GET /api/credits/history", { apiKey, headers: { accept: "text/csv" } });
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.headers.get("content-disposition")).toContain("credits.csv");
  const lines = file.text.split("\r\n");
  expect(lines[0]).toBe("id,created_at,type,amount,balance_after,description");
  expect(lines).toHaveLength(1 + 1203 + 2 + 1);
  expect(new Set(lines).size).toBe(lines.length);
  expect(lines[1]).toMatch(/,usage,-1,3822,'\+1203$/);
  expect(file.text).toContain(`,purchase,5000,5025,"'=HYPERLINK(""http://x"",""a"")"`);
  const some = await send("GET /api/credits/history?type=purchase&format=csv", { apiKey });
  expect(some.text.trim().split("\r\n")).toHaveLength(2);
  const exact = await send("GET /api/credits/history?type=usage&to=2020-01-01&format=csv", { apiKey });
  expect(exact.text).toBe("id,created_at,type,amount,balance_after,description\r\n");
});
