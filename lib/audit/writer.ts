import { batch } from "#lib/db/batch";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { log } from "#lib/log";
import type { AuditEvent } from "#lib/records/service";
import type { AuditRules } from "#lib/security/rules";

/** An entry that belongs to no transaction: what calls leave behind. */
export type CallEntry = {
  organizationId: string;
  event: Extract<AuditEvent, "api.key.used" | "security.violation">;
  severity: "info" | "warning" | "critical";
  keyId: string;
  userId: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
  resource: { type: string; id: string };
  details: Record<string, unknown>;
};

// By organization, so that two batches lock the ends of the chains in the same order.
async function insert(entries: CallEntry[]): Promise<undefined[]> {
  const rows = JSON.stringify(entries.map((entry, number) => ({ ...entry, number })));
  await system.run(sql`
    insert into audit_entries (organization_id, event, severity, api_key_id, user_id, ip_address, user_agent, request_id,
      resource_type, resource_id, details)
    select o.id, e.event, e.severity, e."keyId", e."userId", e.ip, e."userAgent", e."requestId", e.resource ->> 'type',
      e.resource ->> 'id', e.details
    from json_to_recordset(${rows}::json) as e ("organizationId" uuid, event text, severity text,
        "keyId" uuid, "userId" uuid, ip inet, "userAgent" text, "requestId" text, resource json, details jsonb, number integer)
      join organizations o on o.id = e."organizationId"
    order by o.id, e.number`);
  return [];
}

const writer = batch<CallEntry, undefined>("audit.writer", insert);

/** Entries that wait to be written, at most: a flood of refused calls must not fill the memory. */
const waitingMax = 20_000;
const state = { waiting: 0, dropped: 0 };

/** Whether the organization's log takes an event. */
export function takes(rules: AuditRules, event: AuditEvent, severity: CallEntry["severity"]): boolean {
  if (!rules.enabled || (rules.events && !rules.events.has(event))) return false;
  return rules.level !== "minimal" || severity !== "info" || event === "config.change";
}

/** Hands an entry over; it is written within moments, together with others. The caller never waits for it. */
export function writeAudit(rules: AuditRules, entry: CallEntry): void {
  if (!takes(rules, entry.event, entry.severity)) return;
  if (state.waiting >= waitingMax) {
    state.dropped += 1;
    if (state.dropped % 1_000 === 1) log.error({ dropped: state.dropped }, "the audit log cannot keep up");
    return;
  }
  state.waiting += 1;
  writer
    .submit(entry)
    .catch((err: unknown) => log.error({ err, requestId: entry.requestId }, "could not write an audit entry"))
    .finally(() => {
      state.waiting -= 1;
    });
}

/** Resolves when every entry handed over is written; for shutdown. */
export function flushAudit(): Promise<void> {
  return writer.flush();
}
