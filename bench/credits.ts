import { randomUUID } from "node:crypto";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { system, transaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { callAccounting } from "#lib/ledger/queries";
import { addCredits, debitCredits, holdCredits, settleHold } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { perSecond, type Row, times } from "./table.ts";

const seconds = 4;

/** How often per second `work` is done by so many callers, each of whom waits for his answer before he goes on. */
async function rate(callers: number, work: (caller: number) => Promise<unknown>): Promise<number> {
  const run = async (duration: number) => {
    const end = performance.now() + duration * 1_000;
    let done = 0;
    const loop = async (caller: number) => {
      for (; performance.now() < end; done++) await work(caller);
    };
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: callers }, (_, caller) => loop(caller)));
    return (done * 1_000) / (performance.now() - startedAt);
  };
  await run(1);
  return run(seconds);
}

/** Organizations that cannot run out of credits during the measurement. */
function createPayers(count: number) {
  const create = async () => {
    const { ctx } = await createOrganization();
    await addCredits(system, ctx, { type: "grant", amount: 1_000_000_000, description: "Bench", reference: "bench" });
    return ctx;
  };
  return Promise.all(Array.from({ length: count }, create));
}

type Payers = Awaited<ReturnType<typeof createPayers>>;
const payerOf = (payers: Payers, caller: number) => payers[caller % payers.length] ?? payers[0];

function debit(payers: Payers, caller: number) {
  const ctx = payerOf(payers, caller);
  if (!ctx) throw new Error("There is nobody to pay.");
  const spent = { amount: 1, description: "Bench", reference: randomUUID() };
  return transaction(ctx, (tx) => debitCredits(tx, ctx, spent));
}

const request = (organizationId: string) => ({
  organizationId,
  micros: 5_000,
  reference: randomUUID(),
  expiresInSeconds: 600,
});

async function accountGrouped(organizationId: string): Promise<void> {
  await settleHold(await holdCredits(request(organizationId)), 1_234);
}

/** The same two SQL functions for one call at a time, each in a transaction of its own. */
async function accountAlone(organizationId: string): Promise<void> {
  const hold = request(organizationId);
  const [held] = await callAccounting(system, [], [hold]);
  if (held?.outcome !== "done") throw new Error("A hold was refused.");
  await callAccounting(system, [{ ...hold, micros: 1_234 }], []);
}

/** The ledger, durable: debits in tenant transactions, and model calls held before and settled after. */
export async function measureCredits(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  const [payer, ...others] = await createPayers(100);
  if (!payer) throw new Error("There is nobody to pay.");
  const oneDebit = await rate(32, (caller) => debit([payer], caller));
  const manyDebits = await rate(100, (caller) => debit([payer, ...others], caller));
  const alone = await rate(32, () => accountAlone(payer.organizationId));
  const grouped = await rate(32, () => accountGrouped(payer.organizationId));
  const crowd = await rate(256, () => accountGrouped(payer.organizationId));
  const faults = await findFaults(60);
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  if (faults.length > 0) throw new Error(`The ledger has ${faults.length} faults: ${JSON.stringify(faults[0])}`);
  const row = (path: string, measured: number, baseline: number, goal: string): Row => ({
    path,
    measured: perSecond(measured),
    baseline: perSecond(baseline),
    ratio: times(measured / baseline),
    goal,
  });
  return [
    row("Debits on one organization, 32 callers, vs on 100, 100 callers", oneDebit, manyDebits, "none"),
    row("Hold and settle on one organization, 32 callers, grouped vs a transaction each", grouped, alone, "≥ 10 ×"),
    row("The same grouped for 256 callers", crowd, alone, "≥ 10 ×"),
  ];
}
