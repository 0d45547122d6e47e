import { env } from "#lib/env";
import { rateLimited } from "#lib/errors";

/** Messages a minute on one connection (contract README 5.3). */
const perMinute = 100;
const minuteMs = 60_000;

/** Counts the messages of one connection. The answer throws `rate_limited` for one too many: it is to be dropped. */
export function messageLimit(now: () => number = Date.now): () => void {
  const limit = Math.floor(perMinute * env().RATE_LIMIT_MULTIPLIER);
  let startedAt = now();
  let count = 0;
  return () => {
    if (now() - startedAt >= minuteMs) {
      startedAt = now();
      count = 0;
    }
    count += 1;
    if (count <= limit) return;
    const seconds = Math.max(1, Math.ceil((startedAt + minuteMs - now()) / 1_000));
    throw rateLimited(seconds, `At most ${limit} messages a minute on one connection. This message was dropped.`);
  };
}
