import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { type DeploymentStatus, type StepName, stepNames } from "#lib/deployments/schema";
import type { Page } from "#lib/page";

export type StepRow = {
  name: StepName;
  status: "pending" | "processing" | "completed" | "failed";
  /** As Postgres writes times in JSON. */
  started_at: string | null;
  completed_at: string | null;
  error: string | null;
  log: { at: string; message: string }[];
};

export type DeploymentRow = {
  id: string;
  organizationId: string;
  agentAppId: string;
  packageId: string;
  version: string;
  status: DeploymentStatus;
  error: string | null;
  costCredits: number;
  debitReference: string | null;
  attempts: number;
  releaseNotes: string | null;
  supersededBy: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
};

const columns = sql`d.id, d.organization_id, d.agent_app_id, d.package_id, d.version, d.status, d.error, d.cost_credits,
  d.debit_reference, d.attempts, d.release_notes, d.superseded_by, d.created_at, d.started_at, d.completed_at`;

export type NewDeployment = {
  id: string;
  agentAppId: string;
  packageId: string;
  version: string;
  costCredits: number;
  debitReference: string | null;
  releaseNotes: string | null;
};

/** Writes a queued deployment with its five steps. */
export function insertDeployment(tx: Tx, ctx: Context, row: NewDeployment): Promise<{ createdAt: string }> {
  return tx.one(sql`
    with made as (
      insert into deployments (id, organization_id, agent_app_id, package_id, version, cost_credits, debit_reference,
        release_notes, api_key_id, user_id, request_id)
      values (${row.id}, ${ctx.organizationId}, ${row.agentAppId}, ${row.packageId}, ${row.version}, ${row.costCredits},
        ${row.debitReference}, ${row.releaseNotes}, ${keyIdOf(ctx)}, ${userIdOf(ctx)}, ${ctx.requestId})
      returning id, organization_id, created_at
    ), steps as (
      insert into deployment_steps (deployment_id, position, organization_id, name)
      select made.id, ordinality - 1, made.organization_id, name
      from made, unnest(${[...stepNames]}::text[]) with ordinality as named (name)
    )
    select created_at from made`);
}

/** Adds to what followers of a deployment see, and wakes them. The deployment's row must be locked by this transaction. */
export function insertDeploymentEvent(
  tx: Tx,
  organizationId: string,
  deploymentId: string,
  type: string,
  data: Record<string, unknown>,
): Promise<number> {
  return tx.run(sql`
    with added as (
      insert into deployment_events (deployment_id, sequence, organization_id, type, data)
      select ${deploymentId}, coalesce(max(sequence), 0) + 1, ${organizationId}, ${type}, ${JSON.stringify(data)}
      from deployment_events where deployment_id = ${deploymentId} and organization_id = ${organizationId}
      returning deployment_id
    )
    select pg_notify('baton_deployment_events', deployment_id::text) from added`);
}

export type DeploymentEvent = { sequence: number; type: string; data: Record<string, unknown>; createdAt: string };

/** The events after a number, oldest first. */
export function selectEvents(tx: Tx, ctx: Context, id: string, after: number): Promise<DeploymentEvent[]> {
  return tx.all(sql`
    select sequence, type, data, created_at from deployment_events
    where organization_id = ${ctx.organizationId} and deployment_id = ${id} and sequence > ${after}
    order by sequence limit 500`);
}

export function selectDeploymentRow(tx: Tx, ctx: Context, id: string): Promise<DeploymentRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from deployments d where d.organization_id = ${ctx.organizationId} and d.id = ${id}`);
}

export type ListedDeployment = DeploymentRow & { steps: StepRow[]; isCurrent: boolean };

const details = sql`
  (select json_agg(json_build_object('name', s.name, 'status', s.status, 'started_at', s.started_at,
      'completed_at', s.completed_at, 'error', s.error, 'log', s.log) order by s.position)
    from deployment_steps s where s.deployment_id = d.id and s.organization_id = d.organization_id) as steps,
  exists (select 1 from agent_apps a where a.organization_id = d.organization_id and a.id = d.agent_app_id
    and a.current_deployment_id = d.id and a.deployed_package_id = d.package_id) as is_current`;

export function selectDeployment(tx: Tx, ctx: Context, id: string): Promise<ListedDeployment | undefined> {
  return tx.maybe(sql`
    select ${columns}, ${details} from deployments d where d.organization_id = ${ctx.organizationId} and d.id = ${id}`);
}

/** An app's deployments, newest first. */
export function selectDeployments(
  tx: Tx,
  ctx: Context,
  appId: string,
  { limit, offset }: Page,
): Promise<ListedDeployment[]> {
  return tx.all(sql`
    select ${columns}, ${details} from deployments d
    where d.organization_id = ${ctx.organizationId} and d.agent_app_id = ${appId}
    order by d.created_at desc, d.id desc limit ${limit} offset ${offset}`);
}

/** Ends a deployment that no worker has begun. Nothing when it is no longer queued. */
export function updateToCancelled(tx: Tx, ctx: Context, id: string, error: string): Promise<DeploymentRow | undefined> {
  return tx.maybe(sql`
    update deployments d set status = 'cancelled', error = ${error}, completed_at = now(), fence = fence + 1
    where d.organization_id = ${ctx.organizationId} and d.id = ${id} and d.status = 'queued'
    returning ${columns}`);
}

/** What becomes of a package whose deployment ended without success; one that was live before stays deployable. */
export function updatePackageUndeployed(
  tx: Tx,
  organizationId: string,
  packageId: string,
  status: "uploaded" | "failed",
): Promise<number> {
  return tx.run(sql`
    update packages set status = case when deployed_at is null then ${status} else 'deployed' end
    where organization_id = ${organizationId} and id = ${packageId}`);
}

/** Whether anything waits, over all organizations; counts no further than to one. */
export function selectQueuedCount(tx: Tx): Promise<{ queued: number }> {
  return tx.one(sql`
    select count(*)::int as queued from (select 1 from deployments where status = 'queued' limit 1) waiting`);
}
