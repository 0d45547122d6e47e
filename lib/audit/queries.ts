import type { AuditEntry, AuditSettings } from "#lib/audit/schema";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { ListQuery } from "#lib/list/query";
import { auditEvents } from "#lib/records/service";

export const defaultSettings: AuditSettings = {
  enabled: true,
  log_level: "standard",
  retention_days: 90,
  include_request_body: false,
  include_response_body: false,
  events: [...auditEvents],
  updated_at: null,
};

// The wire's own names, as one object.
const settings = sql`json_build_object('enabled', enabled, 'log_level', log_level, 'retention_days', retention_days,
  'include_request_body', include_request_body, 'include_response_body', include_response_body, 'events', events) as value,
  updated_at`;

type SettingsRow = { value: Omit<AuditSettings, "updated_at">; updatedAt: string };
const settingsOf = ({ value, updatedAt }: SettingsRow): AuditSettings => ({ ...value, updated_at: updatedAt });

export async function selectSettings(tx: Tx, organizationId: string): Promise<AuditSettings> {
  const row = await tx.maybe<SettingsRow>(sql`
    select ${settings} from audit_settings where organization_id = ${organizationId}`);
  return row ? settingsOf(row) : defaultSettings;
}

export async function upsertSettings(
  tx: Tx,
  organizationId: string,
  given: Omit<AuditSettings, "updated_at">,
): Promise<AuditSettings> {
  return settingsOf(
    await tx.one<SettingsRow>(sql`
      insert into audit_settings (organization_id, enabled, log_level, retention_days, include_request_body,
        include_response_body, events)
      values (${organizationId}, ${given.enabled}, ${given.log_level}, ${given.retention_days},
        ${given.include_request_body}, ${given.include_response_body}, ${given.events})
      on conflict (organization_id) do update
        set enabled = excluded.enabled, log_level = excluded.log_level, retention_days = excluded.retention_days,
          include_request_body = excluded.include_request_body, include_response_body = excluded.include_response_body,
          events = excluded.events, updated_at = now()
      returning ${settings}`),
  );
}

type EntryRow = {
  id: number;
  sequence: number;
  createdAt: string;
  event: string;
  severity: AuditEntry["severity"];
  apiKeyId: string | null;
  userId: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
  resourceType: string;
  resourceId: string;
  details: Record<string, unknown>;
  hash: string;
};

const entryOf = (row: EntryRow): AuditEntry => ({
  id: row.id,
  sequence: row.sequence,
  timestamp: row.createdAt,
  event: row.event,
  severity: row.severity,
  api_key_id: row.apiKeyId,
  user_id: row.userId,
  ip_address: row.ip,
  user_agent: row.userAgent,
  request_id: row.requestId,
  resource: { type: row.resourceType, id: row.resourceId },
  details: row.details,
  hash: row.hash,
});

const columns = sql`a.id, a.sequence, a.created_at, a.event, a.severity, a.api_key_id, a.user_id, host(a.ip_address) as ip,
  a.user_agent, a.request_id, a.resource_type, a.resource_id, a.details, encode(a.hash, 'hex') as hash`;
const linked = (organizationId: string): Sql =>
  sql`from audit_entries a where a.organization_id = ${organizationId} and a.sequence is not null`;

export async function selectEntries(tx: Tx, organizationId: string, list: ListQuery): Promise<AuditEntry[]> {
  const rows = await tx.all<EntryRow>(sql`
    select ${columns} ${linked(organizationId)} and ${list.pageWhere} order by ${list.orderBy} ${list.paging}`);
  return rows.map(entryOf);
}

export function countEntries(tx: Tx, organizationId: string, where: Sql): Promise<{ count: number }> {
  return tx.one(sql`select count(*) as count ${linked(organizationId)} and ${where}`);
}

/** Entries below an id, newest first: pages of an export. */
export async function selectEntriesBelow(
  tx: Tx,
  organizationId: string,
  where: Sql,
  below: number | null,
  limit: number,
): Promise<AuditEntry[]> {
  const rows = await tx.all<EntryRow>(sql`
    select ${columns} ${linked(organizationId)} and ${where} and (${below}::bigint is null or a.id < ${below}::bigint)
    order by a.id desc limit ${limit}`);
  return rows.map(entryOf);
}
