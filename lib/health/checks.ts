import { monitorEventLoopDelay } from "node:perf_hooks";
import { startListening } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env } from "#lib/env";
import { providerHealth } from "#lib/models/provider-health";
import { listProviders } from "#lib/models/providers";
import { listModels } from "#lib/models/service";
import { requestUpstream } from "#lib/models/upstream";
import { singleton } from "#lib/singleton";
import { objectStore } from "#lib/storage/store";

const patienceMs = 2_000;

const loop = singleton("health.loop", () => {
  const histogram = monitorEventLoopDelay({ resolution: 20 });
  histogram.enable();
  return histogram;
});

/** Whether `check` succeeds within two seconds. */
async function holds(check: () => Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), patienceMs);
  try {
    return await Promise.race([check().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

export const isDatabaseUp = () => holds(() => system.one(sql`select 1 as up`));

export const isAuthUp = () =>
  holds(async () => {
    const { SUPABASE_URL, SUPABASE_ANON_KEY } = env();
    const response = await fetch(`${SUPABASE_URL}/auth/v1/health`, {
      headers: { apikey: SUPABASE_ANON_KEY },
      signal: AbortSignal.timeout(patienceMs),
    });
    await response.arrayBuffer();
    if (response.status >= 500) throw new Error("The auth service is failing.");
  });

/** The bucket, or the folder, in which this instance keeps packages. */
export const isStorageUp = () => holds(async () => (await objectStore()).check());

/** Whether changes elsewhere empty this process's caches at once, or none are promised (transaction pooler). */
export async function isCacheCoherent(): Promise<boolean> {
  const { DATABASE_POOL_MODE, DIRECT_URL } = env();
  return (await startListening()) || (DATABASE_POOL_MODE === "transaction" && !DIRECT_URL);
}

/**
 * Whether every configured provider answers at all and none is given a pause; with none configured the simulator stands in.
 */
export async function areProvidersUp(): Promise<boolean> {
  if (providerHealth().some(({ state }) => state === "open")) return false;
  const answers = await Promise.all(
    listProviders().map((provider) =>
      holds(async () => {
        const path = new URL(`${provider.baseUrl}/models`).pathname;
        const { statusCode, body } = await requestUpstream(provider, { method: "GET", path, timeoutMs: patienceMs });
        await body.dump();
        if (statusCode >= 500) throw new Error("The provider is failing.");
      }),
    ),
  );
  return answers.every(Boolean);
}

export const hasModels = () =>
  holds(async () => {
    if ((await listModels()).length === 0) throw new Error("No model can be called.");
  });

/** Whether requests wait noticeably for the event loop: the 99th percentile of its delay since the last look. */
export function isBusy(): boolean {
  const delayMs = loop.percentile(99) / 1e6;
  loop.reset();
  return delayMs > 250;
}
