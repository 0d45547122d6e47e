import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { RunStatus } from "#lib/runs/schema";

export type Mode = "sync" | "stream" | "queued";

export type NewInvocation = {
  runId: string;
  agentAppId: string;
  deploymentId: string | null;
  packageId: string;
  version: string;
  mode: Mode;
  debitReference: string;
  idempotencyKey: string | null;
  bodyHash: Buffer | null;
};

export type CurrentVersion = { packageId: string | null; deploymentId: string | null };

/** What answers calls of the organization's app now. */
export function selectCurrent(tx: Tx, ctx: Context, appId: string): Promise<CurrentVersion | undefined> {
  return tx.maybe(sql`
    select deployed_package_id as package_id, current_deployment_id as deployment_id from agent_apps
    where organization_id = ${ctx.organizationId} and id = ${appId}`);
}

/** 0 when the idempotency key stands for another call already. */
export function insertInvocation(tx: Tx, ctx: Context, row: NewInvocation): Promise<number> {
  return tx.run(sql`
    insert into invocations (run_id, organization_id, agent_app_id, deployment_id, package_id, version, mode,
      debit_reference, idempotency_key, body_hash)
    values (${row.runId}, ${ctx.organizationId}, ${row.agentAppId}, ${row.deploymentId}, ${row.packageId},
      ${row.version}, ${row.mode}, ${row.debitReference}, ${row.idempotencyKey}, ${row.bodyHash})
    on conflict (organization_id, agent_app_id, idempotency_key) do nothing`);
}

/** A key is good for 24 hours. */
export function forgetOldKey(tx: Tx, ctx: Context, appId: string, key: string): Promise<number> {
  return tx.run(sql`
    update invocations set idempotency_key = null
    where organization_id = ${ctx.organizationId} and agent_app_id = ${appId} and idempotency_key = ${key}
      and created_at < now() - interval '24 hours'`);
}

export type KnownCall = { runId: string; bodyHash: Buffer; version: string };

export function selectByKey(tx: Tx, ctx: Context, appId: string, key: string): Promise<KnownCall | undefined> {
  return tx.maybe(sql`
    select run_id, body_hash, version from invocations
    where organization_id = ${ctx.organizationId} and agent_app_id = ${appId} and idempotency_key = ${key}`);
}

/** Settles a call that succeeded. */
export function closeInvocation(tx: Tx, ctx: Context, runId: string): Promise<number> {
  return tx.run(sql`
    update invocations set closed_at = now()
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and closed_at is null`);
}

/** Settles a call that failed: nothing when it was settled before. Its key is free again, so that a retry may run. */
export function closeRefunded(tx: Tx, ctx: Context, runId: string): Promise<{ debitReference: string } | undefined> {
  return tx.maybe(sql`
    update invocations set closed_at = now(), is_refunded = true, idempotency_key = null
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and closed_at is null
    returning debit_reference`);
}

/** Calls of all organizations whose run ended without a result and whose process died before it gave the credits back. */
export function selectUnsettled(tx: Tx, limit: number): Promise<{ runId: string; organizationId: string }[]> {
  return tx.all(sql`
    select i.run_id, i.organization_id from invocations i join runs r on r.id = i.run_id
    where i.closed_at is null and r.status in ('failed', 'cancelled')
    order by i.created_at limit ${limit}`);
}

export type InvocationRow = {
  runId: string;
  agentAppId: string;
  packageId: string;
  version: string;
  mode: Mode;
  isRefunded: boolean;
  status: RunStatus;
  output: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  model: string | null;
  simulated: boolean;
  chargedMicros: number;
  inputTokens: number;
  outputTokens: number;
  createdAt: string;
  completedAt: string | null;
  quoteId: string | null;
  /** The quoted tokens were used up before the work was done. */
  isCutShort: boolean;
};

const columns = sql`i.run_id, i.agent_app_id, i.package_id, i.version, i.mode, i.is_refunded, r.status, r.output,
  r.error_code, r.error_message, r.model, r.simulated, r.charged_micros, r.input_tokens, r.output_tokens, i.created_at,
  r.completed_at, q.quote_id, q.run_id is not null and (r.error_code = 'quote_used_up' or exists (
    select 1 from run_events e where e.run_id = i.run_id and e.key = 'quote_used_up')) as is_cut_short`;
const joined = sql`invocations i join runs r on r.id = i.run_id and r.organization_id = i.organization_id
  left join pricing_quote_runs q on q.run_id = i.run_id and q.organization_id = i.organization_id`;

export function selectInvocation(
  tx: Tx,
  ctx: Context,
  appId: string,
  runId: string,
): Promise<InvocationRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from ${joined}
    where i.organization_id = ${ctx.organizationId} and i.agent_app_id = ${appId} and i.run_id = ${runId}`);
}

/** An app's calls, newest first. */
export function selectInvocations(tx: Tx, ctx: Context, appId: string, page: Page): Promise<InvocationRow[]> {
  return tx.all(sql`
    select ${columns} from ${joined}
    where i.organization_id = ${ctx.organizationId} and i.agent_app_id = ${appId}
    order by i.created_at desc, i.run_id desc limit ${page.limit} offset ${page.offset}`);
}
