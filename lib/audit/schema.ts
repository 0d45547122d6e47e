import { z } from "zod";
import { sql } from "#lib/db/sql";
import { Pagination } from "#lib/list/page";
import { type ListSpec, listParameters } from "#lib/list/spec";
import { auditEvents } from "#lib/records/service";

export const AuditEventName = z.enum(auditEvents);
const Level = z.enum(["minimal", "standard", "verbose"]);
const Time = z.iso.datetime();
const retention = "retention_days must be a whole number from 1 to 3650";

export const PostAudit = z.object({
  enabled: z.boolean(),
  log_level: Level.optional(),
  retention_days: z.int(retention).min(1, retention).max(3_650, retention).default(90),
  include_request_body: z.boolean().default(false),
  include_response_body: z.boolean().default(false),
  events: z.array(AuditEventName).min(1, "events must name at least one event").optional(),
});
export type PostAudit = z.input<typeof PostAudit>;

export const AuditSettings = z
  .object({
    enabled: z.boolean(),
    log_level: Level,
    retention_days: z.int(),
    include_request_body: z.boolean(),
    include_response_body: z.boolean(),
    events: z.array(AuditEventName),
    updated_at: Time.nullable(),
  })
  .meta({ id: "AuditSettings" });
export type AuditSettings = z.infer<typeof AuditSettings>;

export const AuditSaved = z.object({ success: z.literal(true), audit: AuditSettings });
export type AuditSaved = z.infer<typeof AuditSaved>;

export const AuditEntry = z
  .object({
    id: z.int(),
    sequence: z.int().meta({ description: "The place in the organization's chain." }),
    timestamp: Time,
    event: z.string(),
    severity: z.enum(["info", "warning", "critical"]),
    api_key_id: z.string().nullable(),
    user_id: z.string().nullable(),
    ip_address: z.string().nullable(),
    user_agent: z.string().nullable(),
    request_id: z.string(),
    resource: z.object({ type: z.string(), id: z.string() }),
    details: z.record(z.string(), z.unknown()),
    hash: z.string().meta({ description: "SHA-256 over the entry and the hash before it." }),
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditLog = z.object({
  success: z.literal(true),
  settings: AuditSettings,
  entries: z.array(AuditEntry),
  pagination: Pagination,
});
export type AuditLog = z.infer<typeof AuditLog>;

/** How the log may be searched. `text` looks into the details. */
export const auditList: ListSpec = {
  fields: {
    id: { type: "integer", column: sql`a.id` },
    timestamp: { type: "time", column: sql`a.created_at` },
    event: { type: "text", column: sql`a.event` },
    severity: { type: "text", column: sql`a.severity` },
    api_key_id: { type: "uuid", column: sql`a.api_key_id`, isNullable: true },
    user_id: { type: "uuid", column: sql`a.user_id`, isNullable: true },
    ip_address: { type: "address", column: sql`a.ip_address`, isNullable: true },
    request_id: { type: "text", column: sql`a.request_id` },
    resource_type: { type: "text", column: sql`a.resource_type` },
    resource_id: { type: "text", column: sql`a.resource_id` },
    text: { type: "text", column: sql`a.details::text` },
  },
  sorts: ["id"],
  defaultSort: "-id",
  id: "id",
  created: "timestamp",
  shorthands: [
    "event",
    "severity",
    "api_key_id",
    "ip_address",
    "resource_type",
    "resource_id",
    "text_contains",
    "created_after",
    "created_before",
  ],
  rows: (organizationId) => sql`from audit_entries a where a.organization_id = ${organizationId}`,
};

export const AuditQuery = listParameters(auditList).extend({
  format: z
    .enum(["json", "csv", "ndjson"])
    .default("json")
    .meta({ description: "csv and ndjson stream every entry that fits the filter, newest first." }),
});
export type AuditQuery = z.input<typeof AuditQuery>;
