/** Whole credits out of what somebody has typed so far, or why it is no number that can be bought. */
export function readCredits(
  typed: string,
  { min, max }: { min: number; max: number },
): { ok: true; credits: number } | { ok: false; message: string } {
  const text = typed.trim();
  const credits = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  if (credits >= min && credits <= max) return { ok: true, credits };
  const [least, most] = [min, max].map((bound) => bound.toLocaleString("en-US"));
  return { ok: false, message: `A whole number from ${least} to ${most}` };
}
