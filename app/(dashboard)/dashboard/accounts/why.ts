import type { Account } from "#lib/account-pool/schema";
import { isReady } from "./words";

export type Wanted = { specialization: string; minCredits: number };
export type Why = { best: Account | undefined; next: readonly Account[]; reasons: readonly string[] };

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

/** Which account is the best for a piece of work and why, by the rule of select-best-account (contract P10). */
export function explainBest(accounts: readonly Account[], { specialization, minCredits }: Wanted): Why {
  const ready = accounts.filter(isReady);
  const rich = ready.filter(({ credits_available }) => credits_available >= minCredits);
  const fitting = rich.filter(
    (account) =>
      specialization === "" || (account.specialization ?? "").toLowerCase().includes(specialization.toLowerCase()),
  );
  const [best, ...next] = fitting.toSorted(
    (one, other) =>
      other.credits_available - one.credits_available ||
      Number(one.status === "active") - Number(other.status === "active") ||
      one.id - other.id,
  );
  const tied = next.filter(({ credits_available }) => credits_available === best?.credits_available);
  return {
    best,
    next: next.slice(0, 3),
    reasons: [
      `${count(ready.length, "account")} of ${accounts.length} ready: available or in use`,
      `${rich.length} of them with ${minCredits} credits or more`,
      ...(specialization ? [`${fitting.length} of those specialized in “${specialization}”`] : []),
      ...(best ? [reasonFor(best, tied)] : []),
    ],
  };
}

function reasonFor(best: Account, tied: readonly Account[]): string {
  if (tied.length === 0) return `${best.account_name} has the most credits of these, ${best.credits_available}`;
  const also = `${best.account_name} has ${best.credits_available}, as ${count(tied.length, "other")}`;
  const isFreer = best.status === "available" && tied.some(({ status }) => status === "active");
  const isOlder = tied.some(({ status }) => status === best.status);
  const because = [...(isFreer ? ["is not in use"] : []), ...(isOlder ? ["was added first"] : [])];
  return `${also}; it ${because.join(" and ")}`;
}
