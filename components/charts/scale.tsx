/** A value of one day or several, and what it was as long before where that is compared. */
export type Point = { label: string; value: number; before?: number };

/** The span of an axis and where its lines stand, from the top down. */
export type Scale = { top: number; bottom: number; ticks: number[] };

const steps = [1, 2, 3, 4, 5, 6, 8, 10];

/** The smallest round number that is not below a positive value. */
function roundUp(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return (steps.find((step) => step * magnitude >= value) ?? 10) * magnitude;
}

/** An axis of whole numbers that holds every value and zero, with a line half-way up. */
export function scaleOf(values: readonly number[]): Scale {
  const half = roundUp(Math.max(1, ...values) / 2);
  const lowest = Math.min(0, ...values);
  const bottom = lowest < 0 ? -roundUp(-lowest) : 0;
  return { top: 2 * half, bottom, ticks: [2 * half, half, 0, ...(bottom < 0 ? [bottom] : [])] };
}

/** How far down from the top a value stands, in per cent of the height. */
export function depthOf(value: number, { top, bottom }: Scale): number {
  return ((top - value) / (top - bottom)) * 100;
}

/** At most `count` of `length` places, the first and the last among them, as evenly spread as whole numbers allow. */
export function spread(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, index) => index);
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}
