import { countEntries, selectEntries, selectEntriesBelow, selectSettings, upsertSettings } from "#lib/audit/queries";
import {
  type AuditEntry,
  type AuditLog,
  type AuditQuery,
  type AuditSaved,
  auditList,
  type PostAudit,
} from "#lib/audit/schema";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { pageRows, paginate } from "#lib/list/page";
import { readList } from "#lib/list/query";
import { type AuditEvent, auditEvents, recordAudit } from "#lib/records/service";
import { forgetRules } from "#lib/security/rules";
import { csvCell } from "#lib/usage/export/file";

/** What a domain writes to the audit log. */
export type NewAuditEntry = {
  event: AuditEvent;
  resource: { type: string; id: string };
  /** No secrets: they are kept for years. */
  details?: Record<string, unknown>;
  severity?: "info" | "warning" | "critical";
};

/** Adds an entry in the transaction of what it tells of; both are there or neither. Obeys the organization's settings. */
export function audit(tx: Tx, ctx: Context, entry: NewAuditEntry): Promise<void> {
  return recordAudit(tx, ctx, entry.event, entry.resource, entry.details, entry.severity);
}

/** Sets what the log takes and how long it keeps it (contract A30). That it was changed is always in the log. */
export async function updateAudit(ctx: Context, input: PostAudit): Promise<AuditSaved> {
  const saved = await transaction(ctx, async (tx) => {
    const made = await upsertSettings(tx, ctx.organizationId, {
      enabled: input.enabled,
      log_level: input.log_level ?? "standard",
      retention_days: input.retention_days ?? 90,
      include_request_body: input.include_request_body ?? false,
      include_response_body: input.include_response_body ?? false,
      events: [...new Set(input.events ?? auditEvents)],
    });
    const { updated_at: _, ...details } = made;
    const severity = made.enabled ? "info" : "warning";
    await recordAudit(tx, ctx, "config.change", { type: "audit", id: ctx.organizationId }, details, severity);
    return made;
  });
  forgetRules(ctx.organizationId);
  return { success: true, audit: saved };
}

/** The settings, and the entries that fit the filter, newest first (contract +A4). */
export function getAudit(ctx: Context, query: AuditQuery): Promise<AuditLog> {
  const list = readList(auditList, ctx.organizationId, query);
  return transaction(ctx, async (tx) => {
    const settings = await selectSettings(tx, ctx.organizationId);
    const { count } = await countEntries(tx, ctx.organizationId, list.where);
    const rows = await selectEntries(tx, ctx.organizationId, list);
    const entries = pageRows(list, rows);
    return { success: true, settings, entries, pagination: paginate(list, rows, count, ({ id }) => id) };
  });
}

const pageRowsMax = 500;
const header =
  "timestamp,event,severity,api_key_id,user_id,ip_address,user_agent,request_id,resource_type,resource_id,details,sequence,hash\r\n";

function csvLine(entry: AuditEntry): string {
  const cells = [
    entry.timestamp,
    entry.event,
    entry.severity,
    entry.api_key_id ?? "",
    entry.user_id ?? "",
    entry.ip_address ?? "",
    entry.user_agent ?? "",
    entry.request_id,
    entry.resource.type,
    entry.resource.id,
    JSON.stringify(entry.details),
    String(entry.sequence),
    entry.hash,
  ];
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** Every entry that fits the filter as CSV or a JSON object per line, newest first; a page at a time, as the reader takes it. */
export function exportAudit(ctx: Context, query: AuditQuery): ReadableStream<Uint8Array> {
  const { where } = readList(auditList, ctx.organizationId, query);
  const lineOf = query.format === "csv" ? csvLine : (entry: AuditEntry) => `${JSON.stringify(entry)}\n`;
  const encoder = new TextEncoder();
  let below: number | null = null;
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (query.format === "csv") controller.enqueue(encoder.encode(header));
      },
      async pull(controller) {
        const entries: AuditEntry[] = await selectEntriesBelow(
          tenant(ctx),
          ctx.organizationId,
          where,
          below,
          pageRowsMax,
        );
        if (entries.length > 0) controller.enqueue(encoder.encode(entries.map(lineOf).join("")));
        below = entries.at(-1)?.id ?? null;
        if (entries.length < pageRowsMax) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
