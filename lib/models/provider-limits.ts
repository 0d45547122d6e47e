import { forgetCached } from "#lib/auth/cache";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { tenant, transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { consume, readUsed } from "#lib/limits/window";
import { accessOf } from "#lib/models/access";
import { type ProviderName, providerNames } from "#lib/models/catalogue";
import { titleOf } from "#lib/models/providers";

const windowSeconds = 3_600;
const bucketOf = (organizationId: string, provider: ProviderName) => `provider:${organizationId}:${provider}`;

/**
 * Counts a call to a provider against the organization's limit for this hour of the clock. Exact however many processes
 * there are; free where there is no limit. Throws `rate_limited` (`PROVIDER_LIMIT`) until the hour ends.
 */
export async function reserveProviderCall(organizationId: string, provider: ProviderName): Promise<void> {
  const limit = (await accessOf({ organizationId })).limits.get(provider);
  if (limit === undefined) return;
  const { allowed, resetSeconds } = await consume(bucketOf(organizationId, provider), {
    limit,
    windowSeconds,
    isExact: true,
  });
  if (allowed) return;
  const message = `Your organization has used its ${limit} calls to ${titleOf(provider)} of this hour. Use another model, or raise the limit.`;
  const retryAfterSeconds = Math.max(1, resetSeconds - Math.floor(Date.now() / 1_000));
  throw new AppError("rate_limited", message, { reason: "PROVIDER_LIMIT", retryAfterSeconds });
}

/** Calls of this hour of the clock. `limit` and `remaining` are null where there is no limit; `resetAt` is RFC 3339. */
export type ProviderUsage = { used: number; limit: number | null; remaining: number | null; resetAt: string };

/** What each provider was called in this hour: what was reserved where there is a limit, else the calls that were stored. */
export async function providerUsage(ctx: Context): Promise<Record<ProviderName, ProviderUsage>> {
  const { limits } = await accessOf(ctx);
  const hour = Math.floor(Date.now() / 1_000 / windowSeconds) * windowSeconds;
  const resetAt = new Date((hour + windowSeconds) * 1_000).toISOString();
  const stored = await tenant(ctx).all<{ provider: ProviderName; calls: number }>(sql`
    select provider, count(*) as calls from run_steps
    where organization_id = ${ctx.organizationId} and created_at >= to_timestamp(${hour}) and not simulated
    group by provider limit 100`);
  const entries = providerNames.map(async (provider): Promise<[ProviderName, ProviderUsage]> => {
    const limit = limits.get(provider);
    if (limit === undefined) {
      const used = stored.find((one) => one.provider === provider)?.calls ?? 0;
      return [provider, { used, limit: null, remaining: null, resetAt }];
    }
    const used = await readUsed(bucketOf(ctx.organizationId, provider), windowSeconds);
    return [provider, { used, limit, remaining: Math.max(0, limit - used), resetAt }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ProviderName, ProviderUsage>;
}

/** Sets how many calls to a provider the organization may make in an hour of the clock; null takes the limit away. */
export async function setProviderLimit(
  ctx: Context,
  provider: ProviderName,
  callsPerHour: number | null,
): Promise<void> {
  await transaction(ctx, async (tx) => {
    tx.afterCommit(async () => forgetCached("provider", ctx.organizationId));
    await tx.run(
      callsPerHour === null
        ? sql`delete from provider_limits where organization_id = ${ctx.organizationId} and provider = ${provider}`
        : sql`
          insert into provider_limits (organization_id, provider, calls_per_hour)
          values (${ctx.organizationId}, ${provider}, ${callsPerHour})
          on conflict (organization_id, provider)
          do update set calls_per_hour = excluded.calls_per_hour, updated_at = now()`,
    );
  });
}
