import { isListening } from "#lib/db/listen";
import { system } from "#lib/db/transaction";
import { onCancel } from "#lib/runs/cancel";
import { type ClaimedRun, renewLease } from "#lib/runs/claim-queries";

/** The run was cancelled, or another worker has it: nothing that is written now counts. */
export class LostRun extends Error {}

const renewEverySeconds = 10;

/** Whether a run is still ours: `signal` aborts with a `LostRun` when it no longer is. */
export type Hold = { signal: AbortSignal; release(): void };

/**
 * Keeps the lease of a claimed run, and hears when it is cancelled: at once where notifications arrive, else within a
 * second.
 */
export function holdRun(claim: ClaimedRun): Hold {
  const lost = new AbortController();
  const renew = async () => {
    // A database that is away for a moment is no reason to stop: the lease says for how long.
    const kept = await renewLease(system, claim).catch(() => 1);
    if (kept === 0) lost.abort(new LostRun("The run is over, or another worker has it."));
  };
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    if (seconds % renewEverySeconds === 0 || !isListening()) void renew();
  }, 1_000);
  const forget = onCancel(claim.id, () => lost.abort(new LostRun("The run was cancelled.")));
  return {
    signal: lost.signal,
    release: () => {
      clearInterval(timer);
      forget();
    },
  };
}
