/** What credits cost (contract C24): whole packages, or any number at one cent each. */
export const packages = {
  starter: { credits: 1_000, amountCents: 1_000 },
  growth: { credits: 5_000, amountCents: 4_500 },
  scale: { credits: 20_000, amountCents: 16_000 },
} as const;
export type PackageName = keyof typeof packages;
export const packageNames = Object.keys(packages) as [PackageName, ...PackageName[]];

export const customCredits = { min: 100, max: 1_000_000, centsEach: 1 } as const;

export type Purchase = { package: PackageName | null; credits: number; amountCents: number };

/** The purchase that a package or a number of credits stands for, or the field and the reason why there is none. */
export function priceOf(input: {
  package?: PackageName | null;
  credits?: number;
}): { ok: true; purchase: Purchase } | { ok: false; field: "package" | "credits"; message: string } {
  const { package: name, credits } = input;
  if (name) {
    const found = packages[name];
    if (credits !== undefined && credits !== found.credits) {
      const message = `The package ${name} has ${found.credits} credits, not ${credits}. Leave out credits or package.`;
      return { ok: false, field: "credits", message };
    }
    return { ok: true, purchase: { package: name, ...found } };
  }
  if (credits === undefined) {
    const message = `Give a package (${packageNames.join(", ")}) or a number of credits`;
    return { ok: false, field: "package", message };
  }
  const { min, max, centsEach } = customCredits;
  if (!Number.isInteger(credits) || credits < min || credits > max) {
    return { ok: false, field: "credits", message: `Must be a whole number from ${min} to ${max}` };
  }
  return { ok: true, purchase: { package: null, credits, amountCents: credits * centsEach } };
}
