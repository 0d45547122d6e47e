import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { scopeIdOf, type WebhookScope } from "#lib/webhooks/events";

export type DeliveryRow = {
  id: string;
  event: string;
  status: "pending" | "delivered" | "failed";
  attempts: number;
  nextAttemptAt: string | null;
  responseStatus: number | null;
  error: string | null;
  createdAt: string;
  completedAt: string | null;
};

const fields = sql`
  id, event, status, attempts, next_attempt_at, response_status, error, created_at, completed_at`;

/** A delivery for every active web hook that wants the event: those of the app, and those of the whole organization. */
export function insertDeliveries(
  tx: Tx,
  organizationId: string,
  event: string,
  payload: string,
  scope: WebhookScope,
): Promise<{ id: string; endpointId: string }[]> {
  return tx.all(sql`
    insert into webhook_deliveries (organization_id, endpoint_id, event, payload)
    select organization_id, id, ${event}, ${payload} from webhook_endpoints
    where organization_id = ${organizationId} and active and events @> array[${event}]
      and (scope_type <> 'agent_app' or scope_id = ${scopeIdOf(scope)}::uuid)
    returning id, endpoint_id`);
}

/** The same for what happened in several organizations, each as a whole, in one statement. */
export function insertDeliveriesOfMany(
  tx: Tx,
  event: string,
  happened: { organizationId: string; payload: string }[],
): Promise<{ id: string; endpointId: string; organizationId: string }[]> {
  return tx.all(sql`
    insert into webhook_deliveries (organization_id, endpoint_id, event, payload)
    select e.organization_id, e.id, ${event}, h.payload
    from json_to_recordset(${JSON.stringify(happened)}::json) as h ("organizationId" uuid, payload text)
    join webhook_endpoints e on e.organization_id = h."organizationId"
    where e.active and e.events @> array[${event}] and e.scope_type <> 'agent_app'
    returning id, endpoint_id, organization_id`);
}

/** A delivery to one web hook, whatever it subscribed to. */
export function insertDelivery(
  tx: Tx,
  organizationId: string,
  endpointId: string,
  event: string,
  payload: string,
): Promise<DeliveryRow> {
  return tx.one(sql`
    insert into webhook_deliveries (organization_id, endpoint_id, event, payload)
    values (${organizationId}, ${endpointId}, ${event}, ${payload}) returning ${fields}`);
}

export type DeliveryFilter = { status?: string | undefined; event?: string | undefined; limit: number; offset: number };

/** The deliveries of a web hook, newest first. */
export function selectDeliveries(
  tx: Tx,
  organizationId: string,
  endpointId: string,
  { status, event, limit, offset }: DeliveryFilter,
): Promise<DeliveryRow[]> {
  return tx.all(sql`
    select ${fields} from webhook_deliveries
    where organization_id = ${organizationId} and endpoint_id = ${endpointId}
      ${status === undefined ? empty : sql`and status = ${status}`} ${event === undefined ? empty : sql`and event = ${event}`}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export function selectDelivery(
  tx: Tx,
  organizationId: string,
  endpointId: string,
  id: string,
): Promise<(DeliveryRow & { payload: string }) | undefined> {
  return tx.maybe(sql`
    select ${fields}, payload from webhook_deliveries
    where organization_id = ${organizationId} and endpoint_id = ${endpointId} and id = ${id}`);
}

export type AttemptRow = {
  number: number;
  isManual: boolean;
  requestHeaders: Record<string, string>;
  responseStatus: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  error: string | null;
  latencyMs: number;
  startedAt: string;
};

/** The newest attempts of a delivery, oldest of them first. */
export function selectAttempts(
  tx: Tx,
  organizationId: string,
  deliveryId: string,
  limit: number,
): Promise<AttemptRow[]> {
  return tx.all(sql`
    select * from (
      select number, is_manual, request_headers, response_status, response_headers, response_body, error, latency_ms, started_at
      from webhook_attempts where organization_id = ${organizationId} and delivery_id = ${deliveryId}
      order by number desc limit ${limit}) newest
    order by number`);
}

/** Deliveries of a web hook that were given up since a time, oldest first. */
export function selectFailedDeliveries(
  tx: Tx,
  organizationId: string,
  endpointId: string,
  since: string,
  limit: number,
): Promise<{ id: string }[]> {
  return tx.all(sql`
    select id from webhook_deliveries
    where organization_id = ${organizationId} and endpoint_id = ${endpointId} and status = 'failed'
      and created_at >= ${since}
    order by created_at, id limit ${limit}`);
}

/** Removes deliveries that are done and older than `days`, with their attempts; at most `limit`. */
export function deleteOldDeliveries(tx: Tx, days: number, limit: number): Promise<number> {
  return tx.run(sql`
    delete from webhook_deliveries where id in (
      select id from webhook_deliveries
      where created_at < now() - ${days}::int * interval '1 day' and status <> 'pending'
      order by created_at limit ${limit} for update skip locked)`);
}

export type Overdue = { id: string; organizationId: string; endpointId: string; tries: number };

/** Takes up to `limit` deliveries whose time came long ago: their job was lost. */
export function claimOverdue(tx: Tx, minutes: number, limit: number): Promise<Overdue[]> {
  return tx.all(sql`
    update webhook_deliveries set next_attempt_at = now() where id in (
      select id from webhook_deliveries
      where status = 'pending' and next_attempt_at < now() - ${minutes}::int * interval '1 minute'
      order by next_attempt_at limit ${limit} for update skip locked)
    returning id, organization_id, endpoint_id, tries`);
}
