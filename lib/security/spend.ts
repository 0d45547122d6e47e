import { type Context, systemContext } from "#lib/context";
import { systemTransaction, tenant } from "#lib/db/transaction";
import { log } from "#lib/log";
import { recordAudit, recordEvent } from "#lib/records/service";
import { forgetRules } from "#lib/security/rules";
import type { SpendBlock } from "#lib/security/schema";
import { blockSpikingKeys, selectSpendBlocks } from "#lib/security/spend-queries";
import { singleton } from "#lib/singleton";

/** More than this within 60 minutes blocks a key: $100 in micro-dollars. */
export const spikeMicros = 100_000_000;
const lookEveryMs = 2_000;
const keysMax = 10_000;

const state = singleton("security.spend", () => ({
  inUse: new Set<string>(),
  timer: undefined as NodeJS.Timeout | undefined,
}));

/**
 * Blocks keys that spent more than $100 within 60 minutes on model calls, each with an event and a critical audit entry.
 * Looks at some keys, or at all. Answers how many were newly blocked.
 */
export async function blockSpikes(keyIds: string[] | null = null): Promise<number> {
  const blocked = await systemTransaction(async (tx) => {
    const made = await blockSpikingKeys(tx, spikeMicros, keyIds);
    for (const { apiKeyId, organizationId, spentMicros, blockedUntil } of made) {
      const ctx = systemContext(organizationId);
      const facts = {
        spent_usd: spentMicros / 1_000_000,
        limit_usd: spikeMicros / 1_000_000,
        blocked_until: blockedUntil,
      };
      await recordEvent(tx, ctx, "api.key.blocked", { key_id: apiKeyId, reason: "cost_spike", ...facts });
      const details = { violation: "cost_spike", ...facts };
      await recordAudit(tx, ctx, "security.violation", { type: "api_key", id: apiKeyId }, details, "critical");
    }
    return made;
  });
  for (const { organizationId } of blocked) forgetRules(organizationId);
  return blocked.length;
}

/** Has the spending of a key that is in use looked at within two seconds: one query for all of them. Nobody waits. */
export function watchSpend(keyId: string): void {
  if (state.inUse.size >= keysMax) return;
  state.inUse.add(keyId);
  state.timer ??= setTimeout(look, lookEveryMs).unref();
}

async function look(): Promise<void> {
  state.timer = undefined;
  const keys = [...state.inUse];
  state.inUse.clear();
  await blockSpikes(keys).catch((err: unknown) => log.warn({ err }, "could not look at what keys spent"));
}

/** The organization's keys that are blocked because they spent too much. */
export function listSpendBlocks(ctx: Context): Promise<SpendBlock[]> {
  return selectSpendBlocks(tenant(ctx), ctx.organizationId);
}
