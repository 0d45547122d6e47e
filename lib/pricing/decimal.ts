/** n / d rounded to a whole number: half away from zero. `d` must be positive. */
export function divideHalfUp(n: bigint, d: bigint): bigint {
  const half = (2n * (n < 0n ? -n : n) + d) / (2n * d);
  return n < 0n ? -half : half;
}

/** The same for whole numbers below 2^53. */
export function ratioHalfUp(n: number, d: number): number {
  return Number(divideHalfUp(BigInt(n), BigInt(d)));
}

const million = 1_000_000;

/**
 * A decimal below 10^9 as whole millionths: 0.84 is 840000. Exact for everything written with up to six decimals, because
 * what binary fractions lose on the way is far below half a millionth.
 */
export const toMillionths = (value: number) => Math.round(value * million);
export const fromMillionths = (millionths: number) => millionths / million;

/** Basis points: 4.5 is 45000, of a percentage 55.0 (in hundredths of a percent) 5500. */
export const markupToBp = (markup: number) => ratioHalfUp(toMillionths(markup), 100);
export const bpToMarkup = (bp: number) => bp / 10_000;
export const percentToBp = (percent: number) => ratioHalfUp(toMillionths(percent), 10_000);
export const bpToPercent = (bp: number) => bp / 100;

/** Micro-dollars as dollars with up to six decimals; the quotient of two whole numbers is the nearest double. */
export const microsToDollars = (micros: number) => micros / 1_000_000;
export const centsToDollars = (cents: number) => cents / 100;

/** n / d with so many decimals (at most 4), half away from zero; 0 when `d` is 0. Both below 2^53. */
export function quotient(n: number, d: number, decimals: number): number {
  if (d === 0) return 0;
  const scale = 10 ** decimals;
  return Number(divideHalfUp(BigInt(n) * BigInt(scale), BigInt(d))) / scale;
}

/** The mean of a sum of millionths with so many decimals (at most 6), half away from zero; 0 of nothing. */
export function meanOf(sumMillionths: bigint, count: number, decimals: number): number {
  if (count === 0) return 0;
  return Number(divideHalfUp(sumMillionths, BigInt(count) * 10n ** BigInt(6 - decimals))) / 10 ** decimals;
}

/** How far a value moved, as hundredths of a percent of what it was before; 0 to anything else counts as 100 %. */
export function changeHundredths(current: number, previous: number): number {
  if (previous === 0) return current === 0 ? 0 : 10_000;
  const sign = previous < 0 ? -1n : 1n;
  return Number(divideHalfUp(BigInt(current - previous) * 10_000n * sign, BigInt(previous) * sign));
}
