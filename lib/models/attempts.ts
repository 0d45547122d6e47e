import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { log } from "#lib/log";
import { askedMsOf, isProviderFailure, isWorthARetry } from "#lib/models/gateway-errors";
import type { ModelCall } from "#lib/models/model-call";
import { enterProvider, noteRetry } from "#lib/models/provider-health";
import { reserveProviderCall } from "#lib/models/provider-limits";
import type { Provider } from "#lib/models/providers";
import { waitToRetry } from "#lib/models/retry";
import { ours } from "#lib/models/upstream";

/** `endsAt`: when there is no time left, on the clock of Date.now. */
type Bounds = { signal: AbortSignal; endsAt: number };
type Once<T> = () => AsyncGenerator<string, T>;

/** One attempt: admitted by the provider's breaker and places, and counted against the organization's limit. */
async function* attempt<T>(
  ctx: Context,
  call: ModelCall,
  provider: Provider,
  { signal }: Bounds,
  once: Once<T>,
): AsyncGenerator<string, T> {
  const ticket = await enterProvider(provider, signal);
  try {
    await ours(reserveProviderCall(ctx.organizationId, provider.name));
    const result = yield* once();
    ticket.end(false);
    return result;
  } catch (error) {
    // Time that ran out counts against the provider; a caller who left does not.
    ticket.end(
      call.signal?.aborted ? undefined : isProviderFailure(error),
      String(error instanceof Error && error.name),
    );
    throw error;
  } finally {
    // Somebody stopped listening.
    ticket.end(undefined);
  }
}

/**
 * Tries until it works: again only after passing failures, while `mayRepeat` (nothing was heard and no tool was used), and
 * never past the deadline.
 */
export async function* attempts<T>(
  ctx: Context,
  call: ModelCall,
  provider: Provider,
  bounds: Bounds,
  { once, mayRepeat }: { once: Once<T>; mayRepeat: () => boolean },
): AsyncGenerator<string, T> {
  for (let tries = 1; ; tries++) {
    try {
      return yield* attempt(ctx, call, provider, bounds, once);
    } catch (error) {
      const isWorthIt = tries <= env().MODEL_RETRIES && mayRepeat() && isWorthARetry(error);
      const limits = { deadline: bounds.endsAt, signal: bounds.signal };
      if (!isWorthIt || !(await waitToRetry(tries, askedMsOf(error), limits))) throw error;
      log.warn({ requestId: ctx.requestId, model: call.candidate.model.name, tries }, "a model call is made again");
      noteRetry(provider);
    }
  }
}

/** What a generator returns, its pieces unheeded. */
export async function lastOf<T>(pieces: AsyncGenerator<unknown, T>): Promise<T> {
  for (;;) {
    const { value, done } = await pieces.next();
    if (done) return value as T;
  }
}
