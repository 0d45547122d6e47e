import { systemContext } from "#lib/context";
import { closePool } from "#lib/db/client";
import { transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { debitCredits, holdCredits } from "#lib/ledger/service";

/**
 * Spends one organization's credits as fast as it can and tells the parent the reference of each debit or hold that was
 * acknowledged: `<debit|hold> <organization> <name> <times> <amount>`, holds in micro-dollars for one second.
 */
const [kind, organizationId = "", name = "", times, amount] = process.argv.slice(2);
const ctx = systemContext(organizationId);
let next = 0;

function spend(reference: string): Promise<unknown> {
  if (kind === "hold") {
    return holdCredits({ organizationId, micros: Number(amount), reference, expiresInSeconds: 1 });
  }
  const debit = { amount: Number(amount), description: "Spent by a process", reference };
  return transaction(ctx, (tx) => debitCredits(tx, ctx, debit));
}

async function work(): Promise<void> {
  while (next < Number(times)) {
    const reference = `${name}:${next++}`;
    try {
      await spend(reference);
      process.send?.(reference);
    } catch (error) {
      if (!(error instanceof AppError && error.code === "payment_required")) throw error;
    }
  }
}

process.send?.("ready");
process.once("message", async () => {
  await Promise.all(Array.from({ length: 8 }, work));
  await closePool();
  process.disconnect?.();
});
