import { estimateTokens, type Model } from "#lib/models/catalogue";
import { divideHalfUp } from "#lib/pricing/decimal";

/** What an agent is expected to read and write beside its task (contract A19). */
const allowanceTokens = 50_000;
/** Agents' costs are shown with four decimals of a dollar. */
const grainMicros = 100n;

/** Micro-dollars rounded half up to four decimals of a dollar. */
export function toFourDecimals(micros: bigint): number {
  return Number(divideHalfUp(micros, grainMicros) * grainMicros);
}

export const tokensOf = (task: string) => allowanceTokens + estimateTokens([...task].length);

/** What an agent is expected to cost, in micro-dollars with four decimals of a dollar. */
export function estimateMicros(model: Model, task: string): number {
  return toFourDecimals(divideHalfUp(BigInt(tokensOf(task)) * BigInt(model.price?.input ?? 0), 1_000_000n));
}

/** What the simulator bills: 60 % of the estimate (contract A19). */
export function simulatedMicros(estimated: number): number {
  return toFourDecimals((BigInt(estimated) * 60n) / 100n);
}

/** Micro-dollars as dollars with four decimals. */
export const toDollars = (micros: number) => toFourDecimals(BigInt(micros)) / 1_000_000;
