const whole = new Intl.NumberFormat("en-US");
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

/** 12345 becomes 12,345. */
export function formatNumber(value: number): string {
  return whole.format(value);
}

/** 12345 becomes 12.3K; numbers below ten thousand stay whole. */
export function formatCompact(value: number): string {
  return value < 10_000 ? whole.format(value) : short.format(value);
}

/** Millionths of a dollar as dollars, with as many digits as a small amount needs. An unknown price is never shown as 0. */
export function formatMicros(micros: number | null): string {
  if (micros === null) return "no price";
  if (micros === 0) return "$0";
  const dollars = micros / 1_000_000;
  if (dollars >= 1)
    return `$${dollars.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  return `$${dollars.toFixed(6).replace(/0{1,4}$/, "")}`;
}

/** Milliseconds as `840 ms` or `2.4 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`;
}
