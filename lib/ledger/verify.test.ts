import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { type Sql, sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { addCredits, debitCredits, holdCredits, settleHold } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";

/** An organization with some history: rows of each kind, an open hold and a settled one. */
async function organizationWithHistory() {
  const { organizationId, ctx } = await createOrganization();
  const entry = (amount: number, reference: string) => ({ amount, reference, description: "Test" });
  await addCredits(system, ctx, { type: "purchase", ...entry(100, "one") });
  await debitCredits(system, ctx, entry(40, "two"));
  const request = { organizationId, expiresInSeconds: 600 };
  await settleHold(await holdCredits({ ...request, micros: 30_000, reference: "settled" }), 25_000);
  await holdCredits({ ...request, micros: 50_000, reference: "open" });
  expect(await findFaults(60, organizationId)).toEqual([]);
  return organizationId;
}

type Tampering = [what: string, statement: (id: string) => Sql, faults: object[]];
const row = (reference: string, change: Sql) => (id: string) =>
  sql`update credit_transactions set ${change} where organization_id = ${id} and reference = ${reference}`;
const balance = (change: Sql) => (id: string) => sql`update organizations set ${change} where id = ${id}`;
const hold = (reference: string, change: Sql) => (id: string) =>
  sql`update credit_holds set ${change} where organization_id = ${id} and reference = ${reference}`;

const tamperings: Tampering[] = [
  [
    "a changed balance",
    balance(sql`credits = credits + 1`),
    [
      { kind: "sum", expected: 83, found: 84 },
      { kind: "last", expected: 83, found: 84 },
    ],
  ],
  [
    "a changed amount",
    row("one", sql`amount = 90`),
    [
      { kind: "row", expected: 115, found: 125 },
      { kind: "sum", expected: 73, found: 83 },
    ],
  ],
  [
    "a changed running balance",
    row("two", sql`balance_after = 86`),
    [
      { kind: "row", expected: 85, found: 86 },
      { kind: "row", expected: 84, found: 83 },
    ],
  ],
  [
    "a removed row",
    (id) => sql`delete from credit_transactions where organization_id = ${id} and reference = 'two'`,
    [
      { kind: "row", expected: 123, found: 83 },
      { kind: "sum", expected: 123, found: 83 },
    ],
  ],
  ["what is held", balance(sql`held_micros = held_micros - 1`), [{ kind: "held", expected: 50_000, found: 49_999 }]],
  ["a hold's amount", hold("open", sql`micros = 60000`), [{ kind: "held", expected: 60_000, found: 50_000 }]],
  [
    "a leaked hold",
    hold("open", sql`expires_at = now() - interval '2 minutes'`),
    [{ kind: "leak", expected: 0, found: 1 }],
  ],
  ["what is metered", balance(sql`metered_micros = 4999`), [{ kind: "metered", expected: 25_000, found: 24_999 }]],
  [
    "what was charged",
    hold("settled", sql`settled_micros = 24000`),
    [{ kind: "metered", expected: 24_000, found: 25_000 }],
  ],
];

test.each(tamperings)("%s is found", async (_, tamper, expected) => {
  const organizationId = await organizationWithHistory();
  expect(await system.run(tamper(organizationId))).toBe(1);
  const found = await findFaults(60, organizationId);
  expect(found).toHaveLength(expected.length);
  expect(found).toEqual(expect.arrayContaining(expected.map((fault) => ({ organizationId, ...fault }))));
});

test("a hold that has only just expired is none of the faults", async () => {
  const organizationId = await organizationWithHistory();
  await system.run(hold("open", sql`expires_at = now() - interval '30 seconds'`)(organizationId));
  expect(await findFaults(60, organizationId)).toEqual([]);
});

/** The tool as `npm run verify:ledger` starts it. */
async function runScript(environment: Record<string, string>) {
  const script = join(import.meta.dirname, "../../scripts/verify-ledger.ts");
  const child = spawn(process.execPath, [script], { env: { ...environment, NODE_ENV: "test" } });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  return { code, output };
}

const configured = inject("environment");
const { BATON_DATA_DIR = "" } = configured;

test.each([
  ["the configured database", configured],
  ["the database of the app that runs on its data folder", { BATON_DATA_DIR }],
])("npm run verify:ledger prints one line per fault of %s and ends with 1", async (_, environment) => {
  const organizationId = await organizationWithHistory();
  await system.run(balance(sql`held_micros = held_micros + 7`)(organizationId));
  const { code, output } = await runScript(environment);
  expect(code).toBe(1);
  expect(output).toContain(`${organizationId} held: expected 50000 micro-dollars, found 50007\n`);
  expect(output).toMatch(/\d+ organizations, \d+ rows, \d+ holds: \d+ faults?\n$/);
  await system.run(balance(sql`held_micros = held_micros - 7`)(organizationId));
});
