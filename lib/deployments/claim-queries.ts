import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { attemptsMax, type StepName } from "#lib/deployments/schema";

/** A worker that gives no sign of life for so long has lost its deployment. */
const leaseSeconds = 30;
/** A deployment that is processed for longer is taken from its worker, alive or not (C36). */
const stuckMinutes = 15;

/** A deployment in the hands of one worker. Whatever it writes names the `fence`: an older one writes nothing. */
export type Claim = {
  id: string;
  organizationId: string;
  agentAppId: string;
  packageId: string;
  version: string;
  debitReference: string | null;
  fence: number;
  attempts: number;
  apiKeyId: string | null;
  userId: string | null;
  requestId: string;
  startedAt: string;
  isFirst: boolean;
};

const columns = sql`d.id, d.organization_id, d.agent_app_id, d.package_id, d.version, d.debit_reference, d.fence,
  d.attempts, d.api_key_id, d.user_id, d.request_id, d.started_at`;

/** One claim at a time over all workers, so that the count of an organization is exact. Ends with the transaction. */
export function lockClaims(tx: Tx): Promise<number> {
  return tx.run(sql`select pg_advisory_xact_lock(hashtextextended('baton.deployments.claim', 0))`);
}

/** Takes the oldest queued deployment of an organization that has fewer than `concurrency` under way. */
export function claimOldest(tx: Tx, concurrency: number): Promise<Claim | undefined> {
  return tx.maybe(sql`
    with busy as materialized (
      select organization_id from deployments where status = 'processing'
      group by organization_id having count(*) >= ${concurrency}::int
    ), next as (
      select id, started_at is null as is_first from deployments
      where status = 'queued' and organization_id not in (select organization_id from busy)
      order by created_at, id limit 1 for update skip locked
    )
    update deployments d set status = 'processing', fence = d.fence + 1, attempts = d.attempts + 1,
      attempt_started_at = now(), started_at = coalesce(d.started_at, now()),
      lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    from next where d.id = next.id
    returning ${columns}, next.is_first`);
}

/** Promises to be alive for another while. 0 when the deployment is somebody else's meanwhile. */
export function renewLease(tx: Tx, { id, organizationId, fence }: Claim): Promise<number> {
  return tx.run(sql`
    update deployments set lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where organization_id = ${organizationId} and id = ${id} and fence = ${fence} and status = 'processing'`);
}

/** Counts another try of the worker that has it. 0 when it is somebody else's meanwhile. */
export function countAttempt(tx: Tx, { id, organizationId, fence }: Claim): Promise<number> {
  return tx.run(sql`
    update deployments set attempts = attempts + 1, lease_expires_at = now() + make_interval(secs => ${leaseSeconds})
    where organization_id = ${organizationId} and id = ${id} and fence = ${fence} and status = 'processing'`);
}

export type StepState = { name: StepName; status: "pending" | "processing" | "completed" | "failed" };

export function selectStepStates(tx: Tx, { id, organizationId }: Claim): Promise<StepState[]> {
  return tx.all(sql`
    select name, status from deployment_steps
    where organization_id = ${organizationId} and deployment_id = ${id} order by position limit 5`);
}

export type LogLine = { at: string; message: string };
type StepChange = {
  name: StepName;
  status: "processing" | "completed" | "failed";
  error: string | null;
  log: LogLine[];
};

/** Moves a step on; its log only grows. */
export function updateStep(tx: Tx, { id, organizationId }: Claim, step: StepChange): Promise<number> {
  const isEnd = step.status !== "processing";
  return tx.run(sql`
    update deployment_steps set status = ${step.status}, error = ${step.error}, log = log || ${JSON.stringify(step.log)}::jsonb,
      started_at = coalesce(started_at, now()), completed_at = case when ${isEnd}::boolean then now() end
    where organization_id = ${organizationId} and deployment_id = ${id} and name = ${step.name}`);
}

type Ended = { durationSeconds: number };

/** Ends a deployment of this worker. Nothing when it is somebody else's meanwhile. */
export function updateToEnd(
  tx: Tx,
  { id, organizationId, fence }: Claim,
  end: { status: "completed" | "failed"; error: string | null; supersededBy: string | null },
): Promise<Ended | undefined> {
  return tx.maybe(sql`
    update deployments set status = ${end.status}, error = ${end.error}, superseded_by = ${end.supersededBy},
      completed_at = now(), lease_expires_at = null, attempt_started_at = null
    where organization_id = ${organizationId} and id = ${id} and fence = ${fence} and status = 'processing'
    returning greatest(0, round(extract(epoch from now() - started_at)))::int as duration_seconds`);
}

/**
 * Makes a deployment's package the one that answers, unless a newer deployment is live already: then answers which.
 * Locks the app, so that of two that end together the newer one stays.
 */
export async function switchApp(tx: Tx, claim: Claim): Promise<string | null> {
  const { id, organizationId, agentAppId, packageId } = claim;
  await tx.run(sql`
    select id from agent_apps where organization_id = ${organizationId} and id = ${agentAppId} for no key update`);
  const newer = await tx.maybe<{ id: string }>(sql`
    select live.id from agent_apps a
      join deployments live on live.id = a.current_deployment_id
      join deployments mine on mine.id = ${id}
    where a.organization_id = ${organizationId} and a.id = ${agentAppId}
      and (live.created_at, live.id) > (mine.created_at, mine.id)`);
  if (newer) return newer.id;
  await tx.run(sql`
    update agent_apps set deployed_package_id = ${packageId}, current_deployment_id = ${id}
    where organization_id = ${organizationId} and id = ${agentAppId}`);
  return null;
}

export function updatePackageDeployed(tx: Tx, { organizationId, packageId }: Claim): Promise<number> {
  return tx.run(sql`
    update packages set status = 'deployed', deployed_at = coalesce(deployed_at, now())
    where organization_id = ${organizationId} and id = ${packageId}`);
}

const isStuck = sql`status = 'processing' and (lease_expires_at < now()
  or attempt_started_at < now() - make_interval(mins => ${stuckMinutes}))`;

/** Gives deployments whose worker is gone or stuck back to the queue, of all organizations; answers them. */
export function requeueStuck(tx: Tx, limit: number): Promise<{ id: string; organizationId: string }[]> {
  return tx.all(sql`
    with stuck as (
      select id from deployments where ${isStuck} and attempts < ${attemptsMax}::int
      order by lease_expires_at limit ${limit} for update skip locked
    )
    update deployments d set status = 'queued', fence = d.fence + 1, lease_expires_at = null, attempt_started_at = null
    from stuck where d.id = stuck.id
    returning d.id, d.organization_id`);
}

/** Takes one that was tried too often from its worker, so that it can be failed. */
export function claimExhausted(tx: Tx): Promise<Claim | undefined> {
  return tx.maybe(sql`
    with stuck as (
      select id from deployments where ${isStuck} and attempts >= ${attemptsMax}::int
      order by lease_expires_at limit 1 for update skip locked
    )
    update deployments d set fence = d.fence + 1, lease_expires_at = now() + make_interval(secs => ${leaseSeconds}),
      attempt_started_at = now()
    from stuck where d.id = stuck.id
    returning ${columns}, false as is_first`);
}

/** Gives a deployment back to the queue; the attempt that was cut short by us does not count. */
export function requeueClaim(tx: Tx, { id, organizationId, fence }: Claim): Promise<number> {
  return tx.run(sql`
    update deployments set status = 'queued', fence = fence + 1, attempts = greatest(0, attempts - 1),
      lease_expires_at = null, attempt_started_at = null
    where organization_id = ${organizationId} and id = ${id} and fence = ${fence} and status = 'processing'`);
}
