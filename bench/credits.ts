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

const rounds = 5;

/** How often per second `work` is done by so many callers, each of whom waits for his answer before he goes on. */
async function rate(callers: number, work: (caller: number) => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  const loop = async (caller: number) => {
    for (; performance.now() < startedAt + 1_000; done++) await work(caller);
  };
  await Promise.all(Array.from({ length: callers }, (_, caller) => loop(caller)));
  return (done * 1_000) / (performance.now() - startedAt);
}

type Contender = [callers: number, work: (caller: number) => Promise<unknown>];

/** The rates of several ways, a second of each in turn after one to warm up, so that what else the machine does hits all. */
async function compare(...contenders: Contender[]): Promise<number[]> {
  const sums = contenders.map(() => 0);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, [callers, work]] of contenders.entries()) {
      const measured = await rate(callers, work);
      if (round > 0) sums[index] = (sums[index] ?? 0) + measured;
    }
  }
  return sums.map((sum) => sum / rounds);
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
  const [oneDebit = 0, manyDebits = 0] = await compare(
    [32, (caller) => debit([payer], caller)],
    [100, (caller) => debit([payer, ...others], caller)],
  );
  const [alone = 0, grouped = 0, crowd = 0] = await compare(
    [32, () => accountAlone(payer.organizationId)],
    [32, () => accountGrouped(payer.organizationId)],
    [256, () => accountGrouped(payer.organizationId)],
  );
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
