import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { RunKind, RunStatus, RunStrategy } from "#lib/runs/schema";

/** A worker that gives no sign of life for so long has lost its run. */
export const leaseSeconds = 30;
/** A queued run that nobody began by then gets another job, for the case that its own was lost. */
export const queuedSeconds = 600;

/** A run in the hands of one worker. Whatever it writes names the `fence`: with an older one it writes nothing. */
export type ClaimedRun = {
  id: string;
  organizationId: string;
  kind: RunKind;
  strategy: RunStrategy;
  input: unknown;
  fence: number;
  attempts: number;
  apiKeyId: string | null;
  userId: string | null;
  requestId: string;
  createdAt: string;
  deadlineAt: string | null;
};

const columns = sql`r.id, r.organization_id, r.kind, r.strategy, r.input, r.fence, r.attempts, r.api_key_id, r.user_id,
  r.request_id, r.created_at, r.deadline_at`;

/** Takes a run that waits, or whose worker is gone. Nothing when another worker has it, or it has ended. */
export function claimRun(tx: Tx, ctx: Context, id: string): Promise<ClaimedRun | undefined> {
  return tx.maybe(sql`
    update runs r set status = 'running', fence = fence + 1, attempts = attempts + 1,
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and organization_id = ${ctx.organizationId}
      and (status = 'queued' or (status = 'running' and lease_expires_at < now()))
    returning ${columns}`);
}

type Held = Pick<ClaimedRun, "id" | "organizationId" | "fence">;

/** Promises to be alive for another while. 0 when the run has ended or is another worker's. */
export function renewLease(tx: Tx, { id, organizationId, fence }: Held): Promise<number> {
  return tx.run(sql`
    update runs set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where id = ${id} and organization_id = ${organizationId} and fence = ${fence} and status = 'running'`);
}

/** Gives a run back to the queue; the attempt that was cut short by us does not count. */
export function releaseClaim(tx: Tx, { id, organizationId, fence }: Held): Promise<number> {
  return tx.run(sql`
    update runs set status = 'queued', fence = fence + 1, attempts = greatest(0, attempts - 1),
      lease_expires_at = now() + make_interval(secs => ${queuedSeconds})
    where id = ${id} and organization_id = ${organizationId} and fence = ${fence} and status = 'running'`);
}

export type LostRun = { id: string; organizationId: string; priority: number; wasRunning: boolean };

/** Gives runs back whose worker is gone, and finds queued ones whose job is; of those kinds, of all organizations. */
export function requeueLost(tx: Tx, kinds: readonly RunKind[], attemptsMax: number, limit: number): Promise<LostRun[]> {
  return tx.all(sql`
    with lost as (
      select id, status from runs
      where status in ('queued', 'running') and lease_expires_at < now() and kind = any (${kinds}::text[])
        and (status = 'queued' or attempts < ${attemptsMax}::int)
      order by lease_expires_at limit ${limit} for update skip locked
    )
    update runs r set status = 'queued', fence = r.fence + 1,
      lease_expires_at = now() + make_interval(secs => ${queuedSeconds})
    from lost where r.id = lost.id
    returning r.id, r.organization_id, r.priority, lost.status = 'running' as was_running`);
}

/** Takes a run that killed its workers too often, so that it can be failed. */
export function claimExhausted(
  tx: Tx,
  kinds: readonly RunKind[],
  attemptsMax: number,
): Promise<ClaimedRun | undefined> {
  return tx.maybe(sql`
    with lost as (
      select id from runs
      where status = 'running' and lease_expires_at < now() and kind = any (${kinds}::text[])
        and attempts >= ${attemptsMax}::int
      order by lease_expires_at limit 1 for update skip locked
    )
    update runs r set fence = r.fence + 1, lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    from lost where r.id = lost.id
    returning ${columns}`);
}

/** The run as it is, without keeping it so. */
export function selectState(
  tx: Tx,
  ctx: Context,
  id: string,
): Promise<(Held & { kind: RunKind; status: RunStatus }) | undefined> {
  return tx.maybe(sql`
    select id, organization_id, kind, status, fence from runs
    where id = ${id} and organization_id = ${ctx.organizationId}`);
}

/** Ends a run that waits or is worked on, whoever has it. 0 when it has ended already. */
export function updateToCancelled(tx: Tx, ctx: Context, id: string, errorMessage: string): Promise<number> {
  return tx.run(sql`
    update runs set status = 'cancelled', completed_at = now(), lease_expires_at = null, error_code = 'cancelled',
      error_message = ${errorMessage}
    where id = ${id} and organization_id = ${ctx.organizationId} and status in ('queued', 'running')`);
}

/** Payload: the run's id. */
export const cancelChannel = "baton_run_cancel";

/** Tells the process that works on the run, when the transaction commits. */
export function notifyCancelled(tx: Tx, id: string): Promise<number> {
  return tx.run(sql`select pg_notify(${cancelChannel}, ${id})`);
}
