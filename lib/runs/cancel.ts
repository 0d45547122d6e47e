import type { Context } from "#lib/context";
import { listen } from "#lib/db/listen";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import { cancelChannel, notifyCancelled, selectState, updateToCancelled } from "#lib/runs/claim-queries";
import { findKind } from "#lib/runs/kinds";
import { insertRunEvent } from "#lib/runs/queries";
import type { RunKind } from "#lib/runs/schema";
import { singleton } from "#lib/singleton";

const errorMessage = "The run was cancelled.";

/**
 * Ends a run in the caller's transaction, unless it has ended, with all that its kind does about it; the process that
 * works on it stops within a second. What `lock` of its kind locks must be locked already. False when it had ended.
 */
export async function cancelRunWithin(tx: Tx, ctx: Context, run: { id: string; kind: RunKind }): Promise<boolean> {
  if ((await updateToCancelled(tx, ctx, run.id, errorMessage)) === 0) return false;
  const failure = { status: "cancelled" as const, errorCode: "cancelled", errorMessage };
  await findKind(run.kind)?.fail(tx, ctx, run.id, failure);
  const { errorCode: error_code, errorMessage: error_message } = failure;
  await insertRunEvent(tx, ctx, run.id, "run.cancelled", { error_code, error_message });
  await notifyCancelled(tx, run.id);
  return true;
}

/** Cancels a run of the organization; false when it had ended already. Throws `not_found`. */
export async function cancelRun(ctx: Context, id: string): Promise<boolean> {
  const run = isUuid(id) ? await selectState(tenant(ctx), ctx, id) : undefined;
  if (!run) throw notFound("Run");
  return transaction(ctx, async (tx) => {
    await findKind(run.kind)?.lock?.(tx, ctx, id);
    return cancelRunWithin(tx, ctx, run);
  });
}

type Watched = { isListening: boolean; byRun: Map<string, Set<() => void>> };
const watched = singleton<Watched>("runs.cancels", () => ({ isListening: false, byRun: new Map() }));

/** Calls `cancelled` when somebody cancels the run, anywhere; until the returned function is called. */
export function onCancel(runId: string, cancelled: () => void): () => void {
  if (!watched.isListening) {
    watched.isListening = true;
    const notify = (id: string) => {
      for (const call of watched.byRun.get(id) ?? []) call();
    };
    // Announcements that were missed are made up for by the next renewal of the lease.
    listen(cancelChannel, { notify, reset: () => undefined });
  }
  const group = watched.byRun.get(runId) ?? new Set();
  watched.byRun.set(runId, group.add(cancelled));
  return () => {
    group.delete(cancelled);
    if (group.size === 0) watched.byRun.delete(runId);
  };
}
