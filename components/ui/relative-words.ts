const justNowMs = 10_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** The Gregorian calendar's mean year of 365.2425 days, and a twelfth of it. */
const yearMs = 365.2425 * dayMs;
const monthMs = yearMs / 12;

/** Each unit from where it is used, the longest first. */
const units = [
  ["year", yearMs],
  ["month", monthMs],
  ["day", dayMs],
  ["hour", hourMs],
  ["minute", minuteMs],
  ["second", 1_000],
] as const;

const words = new Intl.RelativeTimeFormat("en-US", { numeric: "always" });

/** How far `ms` (milliseconds, negative for the past) is from now, in its longest whole unit: "3 days ago", "in 1 month". */
export function relativeWords(ms: number): string {
  const far = Math.abs(ms);
  if (far < justNowMs) return "just now";
  // Rounded, for 59.7 minutes are an hour.
  const [unit, lengthMs] = units.find(([, length], index) => {
    const shorter = units[index + 1]?.[1] ?? length;
    return Math.round(far / shorter) * shorter >= length;
  }) ?? ["second", 1_000];
  return words.format(Math.sign(ms) * Math.round(far / lengthMs), unit);
}
