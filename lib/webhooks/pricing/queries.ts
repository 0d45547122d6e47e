import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type PricingEndpoint = { id: string; label: string; url: string; events: string[]; createdAt: string };

/** Keeps two registrations of one organization apart until the transaction ends: their labels must differ. */
export async function lockLabels(tx: Tx, organizationId: string): Promise<void> {
  await tx.one(
    sql`select pg_advisory_xact_lock(hashtextextended(${`pricing webhooks ${organizationId}`}, 0)) as locked`,
  );
}

type NewPricingEndpoint = {
  id: string;
  createdBy: string | null;
  url: string;
  events: readonly string[];
  ratePerMinute: number;
  sealedSecret: Buffer | null;
};

/**
 * Adds a web hook under `pricing_webhook_<unix seconds>`: this second, or the next one that is free. Nothing when there are
 * already `max`. To be called under `lockLabels`.
 */
export function insertPricingEndpoint(
  tx: Tx,
  organizationId: string,
  endpoint: NewPricingEndpoint,
  max: number,
): Promise<PricingEndpoint | undefined> {
  return tx.maybe(sql`
    with own as (
      select label from webhook_endpoints where organization_id = ${organizationId}::uuid and scope_type = 'pricing'
    ), free as (
      select 'pricing_webhook_' || second as label
      from generate_series(extract(epoch from now())::bigint, extract(epoch from now())::bigint + ${max}) as second
      where not exists (select 1 from own where own.label = 'pricing_webhook_' || second)
      order by second limit 1
    )
    insert into webhook_endpoints (id, organization_id, scope_type, created_by, url, events, rate_per_minute, sealed_secret, label)
    select ${endpoint.id}::uuid, ${organizationId}::uuid, 'pricing', ${endpoint.createdBy}::uuid, ${endpoint.url},
      ${[...endpoint.events]}::text[], ${endpoint.ratePerMinute}::int, ${endpoint.sealedSecret}::bytea, label
    from free where (select count(*) from own) < ${max}
    returning id, label, url, events, created_at`);
}

/** The pricing register, newest first. It holds at most 50. */
export function selectPricingEndpoints(tx: Tx, organizationId: string, limit: number): Promise<PricingEndpoint[]> {
  return tx.all(sql`
    select id, label, url, events, created_at from webhook_endpoints
    where organization_id = ${organizationId} and scope_type = 'pricing'
    order by created_at desc, id desc limit ${limit}`);
}

export function deletePricingEndpoint(
  tx: Tx,
  organizationId: string,
  label: string,
): Promise<{ id: string; url: string } | undefined> {
  return tx.maybe(sql`
    delete from webhook_endpoints
    where organization_id = ${organizationId} and scope_type = 'pricing' and label = ${label}
    returning id, url`);
}

/** `head` and `tail` are the payload's text before and after the place of `webhook_id`. */
export type Told = { event: string; head: string; tail: string };

/**
 * A delivery of each event for every active web hook that wants it, in one statement. The payload of a hook with a label
 * names it as its `webhook_id`; a label has only letters that JSON writes as they are.
 */
export function insertPricingDeliveries(
  tx: Tx,
  organizationId: string,
  told: readonly Told[],
): Promise<{ id: string; endpointId: string }[]> {
  return tx.all(sql`
    insert into webhook_deliveries (organization_id, endpoint_id, event, payload)
    select e.organization_id, e.id, t.event, t.head || coalesce('"webhook_id":"' || e.label || '",', '') || t.tail
    from json_to_recordset(${JSON.stringify(told)}::json) as t (event text, head text, tail text)
    join webhook_endpoints e on e.organization_id = ${organizationId} and e.active and e.events @> array[t.event]
    where e.scope_type <> 'agent_app'
    returning id, endpoint_id`);
}

/** The same events for whoever follows the organization. */
export async function insertPricingEvents(
  tx: Tx,
  organizationId: string,
  happened: readonly { event: string; data: Record<string, unknown> }[],
): Promise<void> {
  await tx.run(sql`
    insert into events (organization_id, type, data)
    select ${organizationId}::uuid, h.event, h.data
    from json_to_recordset(${JSON.stringify(happened)}::json) as h (event text, data jsonb)`);
}
