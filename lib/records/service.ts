import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";

export type UsageType =
  | "invocation"
  | "package_upload"
  | "deployment"
  | "api_call"
  | "credit_topup"
  | "member_invited"
  | "key_created";

/** What usage can be broken down by; `costMicros` in millionths of a US dollar, null when there is no known price. */
export type UsageDetails = {
  model?: string | null;
  agentAppId?: string | null;
  runId?: string | null;
  costMicros?: number | null;
};

/** Adds to the organization's usage, in the transaction of its cause. `value` is in credits where there is one. */
export async function recordUsage(
  tx: Tx,
  ctx: Context,
  type: UsageType,
  description: string,
  value?: number,
  { model = null, agentAppId = null, runId = null, costMicros = null }: UsageDetails = {},
): Promise<void> {
  await tx.run(sql`
    insert into usage_events (id, organization_id, type, description, value, api_key_id, user_id, model, agent_app_id,
      run_id, cost_micros)
    values (${uuidv7()}, ${ctx.organizationId}, ${type}, ${description}, ${value ?? null}, ${keyIdOf(ctx)}, ${userIdOf(ctx)},
      ${model}, ${agentAppId}, ${runId}, ${costMicros})`);
}

/** Tells followers of the organization what happened, in the transaction in which it happens. No secrets in `data`. */
export async function recordEvent(tx: Tx, ctx: Context, type: string, data: Record<string, unknown>): Promise<void> {
  await tx.run(sql`
    insert into events (organization_id, type, data) values (${ctx.organizationId}, ${type}, ${JSON.stringify(data)})`);
}

/** The same for what happened in several organizations, with Baton's own rights. */
export async function recordEvents(
  tx: Tx,
  type: string,
  happened: { organizationId: string; data: Record<string, unknown> }[],
): Promise<void> {
  await tx.run(sql`
    insert into events (organization_id, type, data)
    select h."organizationId", ${type}, h.data
    from json_to_recordset(${JSON.stringify(happened)}::json) as h ("organizationId" uuid, data jsonb)`);
}

export const auditEvents = [
  "agent.spawn",
  "agent.complete",
  "agent.fail",
  "api.key.used",
  "config.change",
  "security.violation",
] as const;
export type AuditEvent = (typeof auditEvents)[number];

/**
 * Adds to the audit log who did what to which resource, in the transaction that does it. Left out what the organization's
 * settings leave out: all of it, an event, or at level `minimal` what is neither a change nor a warning. No secrets in `details`.
 */
export async function recordAudit(
  tx: Tx,
  ctx: Context,
  event: AuditEvent,
  resource: { type: string; id: string },
  details: Record<string, unknown> = {},
  severity: "info" | "warning" | "critical" = "info",
): Promise<void> {
  await tx.run(sql`
    insert into audit_entries (organization_id, event, severity, api_key_id, user_id, ip_address, user_agent, request_id,
      resource_type, resource_id, details)
    select ${ctx.organizationId}, ${event}::text, ${severity}::text, ${keyIdOf(ctx)}, ${userIdOf(ctx)}, ${ctx.ip}::inet,
      ${ctx.userAgent}, ${ctx.requestId}, ${resource.type}, ${resource.id}, ${JSON.stringify(details)}::jsonb
    where not exists (
      select 1 from audit_settings s
      -- That the log was changed or switched off is always in it.
      where s.organization_id = ${ctx.organizationId} and ${resource.type} <> 'audit'
        and (not s.enabled or ${event}::text <> all (s.events)
          or (s.log_level = 'minimal' and ${severity}::text = 'info' and ${event}::text <> 'config.change')))`);
}
