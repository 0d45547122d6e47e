import { type ChildProcess, fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { expect, inject, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { addCredits, getBalance, holdCredits } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";

const program = join(import.meta.dirname, "../testing/spend-process.ts");

type Spender = { child: ChildProcess; acknowledged: string[]; ended: Promise<unknown[]> };

/** Three processes that have started and wait for the word to spend. */
function startSpenders(kind: string, organizationId: string, times: number, amount: number): Promise<Spender[]> {
  return Promise.all(
    ["one", "two", "three"].map(async (name) => {
      const child = fork(program, [kind, organizationId, name, String(times), String(amount)], {
        env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...inject("environment") },
        execArgv: [],
      });
      const acknowledged: string[] = [];
      await once(child, "message");
      child.on("message", (reference) => acknowledged.push(String(reference)));
      return { child, acknowledged, ended: once(child, "exit") };
    }),
  );
}

/** Lets them loose and kills one at random once it, or all of them together, have spent something. */
async function spendAndKill(spenders: Spender[]): Promise<Spender | undefined> {
  const victim = spenders[randomInt(spenders.length)];
  const last = randomInt(1, 20);
  let spent = 0;
  for (const { child } of spenders) {
    child.on("message", () => {
      spent += 1;
      if (victim?.acknowledged.length === last || spent === 60) victim?.child.kill("SIGKILL");
    });
    child.send("go");
  }
  await Promise.all(spenders.map(({ ended }) => ended));
  return victim;
}

async function organizationWith(credits: number) {
  const { organizationId, ctx } = await createOrganization();
  const purchase = { type: "purchase", amount: credits - 25, description: "Top-up", reference: "top-up" } as const;
  await addCredits(system, ctx, purchase);
  return { organizationId, ctx };
}

test.each([1, 2, 3])(
  "C20 three processes spend 1,000 credits by 7 while one is killed: 142 debits, every acknowledged one stored (%s)",
  async () => {
    const { organizationId, ctx } = await organizationWith(1_000);
    const spenders = await startSpenders("debit", organizationId, 400, 7);

    const victim = await spendAndKill(spenders);

    expect(await victim?.ended).toEqual([null, "SIGKILL"]);
    const rows = await system.all<{ reference: string }>(sql`
    select reference from credit_transactions where organization_id = ${organizationId} and type = 'usage'`);
    const stored = new Set(rows.map(({ reference }) => reference));
    const acknowledged = spenders.flatMap((spender) => spender.acknowledged);
    expect(acknowledged.filter((reference) => !stored.has(reference))).toEqual([]);
    expect(stored.size).toBe(142);
    expect(await getBalance(system, ctx)).toEqual({ credits: 6, heldMicros: 0, availableCredits: 6 });
    expect(await findFaults(60, organizationId)).toEqual([]);
  },
  60_000,
);

test("processes that end with holds open, killed or not, leak none: all of it can be held again", async () => {
  const { organizationId, ctx } = await organizationWith(100);
  const spenders = await startSpenders("hold", organizationId, 200, 7_000);

  await spendAndKill(spenders);

  const { heldMicros } = await getBalance(system, ctx);
  expect(heldMicros).toBeGreaterThan(0);
  expect(heldMicros).toBeLessThanOrEqual(1_000_000);
  expect(heldMicros % 7_000).toBe(0);
  const all = { organizationId, micros: 1_000_000, reference: "all", expiresInSeconds: 60 };
  await vi.waitFor(() => holdCredits(all), { timeout: 5_000, interval: 100 });
  expect(await getBalance(system, ctx)).toEqual({ credits: 100, heldMicros: 1_000_000, availableCredits: 0 });
  expect(await findFaults(60, organizationId)).toEqual([]);
}, 60_000);
