import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import { scopeIdOf, type WebhookScope } from "#lib/webhooks/events";

export type EndpointRow = {
  id: string;
  url: string;
  events: string[];
  active: boolean;
  description: string | null;
  signed: boolean;
  previousSecretExpiresAt: string | null;
  ratePerMinute: number;
  disabledReason: "manual" | "gone" | "failing" | null;
  disabledAt: string | null;
  failingSince: string | null;
  createdAt: string;
  updatedAt: string;
};

const fields = sql`
  id, url, events, active, description, sealed_secret is not null as signed,
  case when previous_secret_expires_at > now() then previous_secret_expires_at end as previous_secret_expires_at,
  rate_per_minute, disabled_reason, disabled_at, failing_since, created_at, updated_at`;

const inScope = (organizationId: string, scope: WebhookScope) => sql`
  organization_id = ${organizationId} and scope_type = ${scope.type} and scope_id is not distinct from ${scopeIdOf(scope)}::uuid`;

/** The web hooks of a register, newest first, without secrets. */
export function selectEndpoints(
  tx: Tx,
  organizationId: string,
  scope: WebhookScope,
  { limit, offset }: Page,
): Promise<EndpointRow[]> {
  return tx.all(sql`
    select ${fields} from webhook_endpoints where ${inScope(organizationId, scope)}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export function selectEndpoint(
  tx: Tx,
  organizationId: string,
  scope: WebhookScope,
  id: string,
): Promise<EndpointRow | undefined> {
  return tx.maybe(sql`
    select ${fields} from webhook_endpoints where ${inScope(organizationId, scope)} and id = ${id}`);
}

export type NewEndpoint = {
  id: string;
  createdBy: string | null;
  url: string;
  events: readonly string[];
  description: string | null;
  ratePerMinute: number;
  sealedSecret: Buffer | null;
};

/** Returns nothing when the register already holds `max` web hooks. */
export function insertEndpoint(
  tx: Tx,
  organizationId: string,
  scope: WebhookScope,
  endpoint: NewEndpoint,
  max: number,
): Promise<EndpointRow | undefined> {
  return tx.maybe(sql`
    insert into webhook_endpoints (id, organization_id, scope_type, scope_id, created_by, url, events, description,
      rate_per_minute, sealed_secret)
    select ${endpoint.id}::uuid, ${organizationId}::uuid, ${scope.type}, ${scopeIdOf(scope)}::uuid, ${endpoint.createdBy}::uuid,
      ${endpoint.url}, ${[...endpoint.events]}::text[], ${endpoint.description}, ${endpoint.ratePerMinute}::int,
      ${endpoint.sealedSecret}::bytea
    where (select count(*) from webhook_endpoints where ${inScope(organizationId, scope)}) < ${max}
    returning ${fields}`);
}

export type EndpointChange = Pick<EndpointRow, "url" | "events" | "active" | "description" | "ratePerMinute">;

/** Switching it on forgets its failures; switching it off by hand says so. */
export function updateEndpoint(
  tx: Tx,
  organizationId: string,
  id: string,
  change: EndpointChange,
): Promise<EndpointRow> {
  return tx.one(sql`
    update webhook_endpoints set url = ${change.url}, events = ${change.events}, description = ${change.description},
      rate_per_minute = ${change.ratePerMinute}, active = ${change.active}, updated_at = now(),
      disabled_reason = case when ${change.active} then null else coalesce(disabled_reason, 'manual') end,
      disabled_at = case when ${change.active} then null else coalesce(disabled_at, now()) end,
      failing_since = case when ${change.active} and not active then null else failing_since end
    where organization_id = ${organizationId} and id = ${id}
    returning ${fields}`);
}

/** Gives a web hook a new secret; the old one signs too for so many hours. */
export function updateEndpointSecret(
  tx: Tx,
  organizationId: string,
  id: string,
  { sealedSecret, overlapHours }: { sealedSecret: Buffer; overlapHours: number },
): Promise<EndpointRow> {
  return tx.one(sql`
    update webhook_endpoints set sealed_secret = ${sealedSecret}, updated_at = now(),
      sealed_previous_secret = case when ${overlapHours}::float8 > 0 then sealed_secret end,
      previous_secret_expires_at = case when ${overlapHours}::float8 > 0 and sealed_secret is not null
        then now() + ${overlapHours}::float8 * interval '1 hour' end
    where organization_id = ${organizationId} and id = ${id}
    returning ${fields}`);
}

export function deleteEndpoint(
  tx: Tx,
  organizationId: string,
  scope: WebhookScope,
  id: string,
): Promise<{ url: string } | undefined> {
  return tx.maybe(sql`
    delete from webhook_endpoints where ${inScope(organizationId, scope)} and id = ${id} returning url`);
}

export function deleteEndpoints(tx: Tx, organizationId: string, scope: WebhookScope): Promise<number> {
  return tx.run(sql`delete from webhook_endpoints where ${inScope(organizationId, scope)}`);
}

/** Forgets secrets whose time of overlap is over. */
export function deletePreviousSecrets(tx: Tx): Promise<number> {
  return tx.run(sql`
    update webhook_endpoints set sealed_previous_secret = null, previous_secret_expires_at = null
    where previous_secret_expires_at < now()`);
}
