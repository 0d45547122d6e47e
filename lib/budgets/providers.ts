import type { Context } from "#lib/context";
import { providerUsage } from "#lib/models/provider-limits";
import { quotient } from "#lib/pricing/decimal";

/** Calls an hour to the two providers that document 004 limits, unless the organization set its own limit. */
const hourly = { anthropic: 50, "kimi-coding": 100 } as const;
export type LimitedProvider = keyof typeof hourly;
const hotPercent = 80;

/** What a provider was called in this hour of the clock. `resetAt` is RFC 3339. */
export type Load = {
  provider: LimitedProvider;
  used: number;
  limit: number;
  remaining: number;
  utilizationPct: number;
  isHot: boolean;
  resetAt: string;
};

/** How close the organization is to its hourly limits of calls. */
export async function providerLoads(ctx: Context): Promise<Load[]> {
  const usage = await providerUsage(ctx);
  return (Object.keys(hourly) as LimitedProvider[]).map((provider) => {
    const { used, limit: own, resetAt } = usage[provider];
    const limit = own ?? hourly[provider];
    const isHot = limit === 0 || used * 100 >= limit * hotPercent;
    const utilizationPct = limit === 0 ? 100 : quotient(used * 100, limit, 2);
    return { provider, used, limit, remaining: Math.max(0, limit - used), utilizationPct, isHot, resetAt };
  });
}
