import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

/** What an attempt needs to know of its delivery and the web hook it goes to. */
export type Claimed = {
  id: string;
  event: string;
  payload: string;
  tries: number;
  endpointId: string;
  /** The name by which its owner knows it, where that is not its id. */
  label: string | null;
  url: string;
  active: boolean;
  ratePerMinute: number;
  sealedSecret: Buffer | null;
  sealedPreviousSecret: Buffer | null;
};

const fields = sql`
  d.id, d.event, d.payload, d.tries, e.id as endpoint_id, e.label, e.url, e.active, e.rate_per_minute, e.sealed_secret,
  case when e.previous_secret_expires_at > now() then e.sealed_previous_secret end as sealed_previous_secret`;

/**
 * Takes a delivery whose time has come for its next scheduled attempt; nobody else gets it within `leaseSeconds`.
 * Nothing when it is not due, done, or past that attempt.
 */
export function claimDelivery(
  tx: Tx,
  organizationId: string,
  id: string,
  tries: number,
  leaseSeconds: number,
): Promise<Claimed | undefined> {
  return tx.maybe(sql`
    update webhook_deliveries d set next_attempt_at = now() + ${leaseSeconds}::int * interval '1 second'
    from webhook_endpoints e
    where d.organization_id = ${organizationId} and d.id = ${id} and d.status = 'pending' and d.tries = ${tries}
      and d.next_attempt_at <= now() + interval '1 second' and e.id = d.endpoint_id
    returning ${fields}`);
}

/** A delivery that somebody wants sent again, whatever became of it. */
export function selectForReplay(tx: Tx, organizationId: string, id: string): Promise<Claimed | undefined> {
  return tx.maybe(sql`
    select ${fields} from webhook_deliveries d join webhook_endpoints e on e.id = d.endpoint_id
    where d.organization_id = ${organizationId} and d.id = ${id}`);
}

/** When the attempt that could not be claimed is to be made; nothing when it no longer is. */
export function selectNextAttempt(
  tx: Tx,
  organizationId: string,
  id: string,
  tries: number,
): Promise<{ nextAttemptAt: string } | undefined> {
  return tx.maybe(sql`
    select next_attempt_at from webhook_deliveries
    where organization_id = ${organizationId} and id = ${id} and status = 'pending' and tries = ${tries}`);
}

export function updateNextAttempt(tx: Tx, organizationId: string, id: string, at: Date): Promise<number> {
  return tx.run(sql`
    update webhook_deliveries set next_attempt_at = ${at.toISOString()}
    where organization_id = ${organizationId} and id = ${id} and status = 'pending'`);
}

/** Ends a delivery without an attempt. */
export function failDelivery(tx: Tx, organizationId: string, id: string, error: string): Promise<number> {
  return tx.run(sql`
    update webhook_deliveries set status = 'failed', next_attempt_at = null, error = ${error}, completed_at = now()
    where organization_id = ${organizationId} and id = ${id} and status = 'pending'`);
}

export type Outcome = {
  isManual: boolean;
  isDelivered: boolean;
  requestHeaders: Record<string, string>;
  responseStatus: number | null;
  responseHeaders: Record<string, string> | null;
  responseBody: string | null;
  error: string | null;
  latencyMs: number;
  startedAt: string;
};

/**
 * Adds an attempt and what it means for its delivery, in one statement: done, given up (`retryAt` is null), or to be tried
 * again. An attempt that a person asked for can only make it better. False when another attempt was recorded meanwhile.
 */
export async function insertAttempt(
  tx: Tx,
  organizationId: string,
  { id, tries }: Pick<Claimed, "id" | "tries">,
  outcome: Outcome,
  retryAt: Date | null,
): Promise<boolean> {
  const { isManual, isDelivered } = outcome;
  const at = retryAt?.toISOString() ?? null;
  const headers = outcome.responseHeaders && JSON.stringify(outcome.responseHeaders);
  const inserted = await tx.run(sql`
    with decided as (
      select id, case
        when ${isDelivered} then 'delivered'
        when ${isManual} or status <> 'pending' then status
        when ${at}::timestamptz is null then 'failed'
        else 'pending' end as status
      from webhook_deliveries
      where organization_id = ${organizationId} and id = ${id} and (${isManual} or tries = ${tries})
      for update
    ), changed as (
      update webhook_deliveries d set attempts = attempts + 1, tries = tries + ${isManual ? 0 : 1}::int, status = c.status,
        next_attempt_at = case when c.status <> 'pending' then null when ${isManual} then d.next_attempt_at else ${at}::timestamptz end,
        completed_at = case when c.status = 'pending' then null when c.status = d.status then d.completed_at else now() end,
        response_status = ${outcome.responseStatus}::int, error = ${outcome.error}
      from decided c where d.id = c.id
      returning d.attempts
    )
    insert into webhook_attempts (delivery_id, number, organization_id, is_manual, request_headers, response_status,
      response_headers, response_body, error, latency_ms, started_at)
    select ${id}::uuid, attempts, ${organizationId}::uuid, ${isManual}::boolean, ${JSON.stringify(outcome.requestHeaders)}::jsonb,
      ${outcome.responseStatus}::int, ${headers}::jsonb, ${outcome.responseBody}, ${outcome.error}, ${outcome.latencyMs}::int,
      ${outcome.startedAt}::timestamptz
    from changed`);
  return inserted === 1;
}

/** Keeps the web hook from being deleted until the transaction ends. */
export function lockEndpoint(tx: Tx, organizationId: string, endpointId: string): Promise<number> {
  return tx.run(sql`
    select 1 from webhook_endpoints where organization_id = ${organizationId} and id = ${endpointId} for key share`);
}

/** A success ends a series of failures. */
export function clearFailing(tx: Tx, organizationId: string, endpointId: string): Promise<number> {
  return tx.run(sql`
    update webhook_endpoints set failing_since = null
    where organization_id = ${organizationId} and id = ${endpointId} and failing_since is not null`);
}

export type SwitchedOff = { url: string; reason: "gone" | "failing"; owners: string[] };

/**
 * Notes a failure, and switches the web hook off when the receiver is gone for good (410) or has failed without a break
 * for `days`. Answers whom to tell when this switched it off.
 */
export function noteFailure(
  tx: Tx,
  organizationId: string,
  endpointId: string,
  isGone: boolean,
  days: number,
): Promise<SwitchedOff | undefined> {
  return tx.maybe(sql`
    with judged as (
      select id, ${isGone} or failing_since < now() - ${days}::int * interval '1 day' as is_over
      from webhook_endpoints where organization_id = ${organizationId} and id = ${endpointId} and active for no key update
    ), noted as (
      update webhook_endpoints e set failing_since = coalesce(failing_since, now()),
        active = j.is_over is not true,
        disabled_reason = case when j.is_over then ${isGone ? "gone" : "failing"} end,
        disabled_at = case when j.is_over then now() end
      from judged j where e.id = j.id
      returning e.url, e.active, e.disabled_reason
    )
    select url, disabled_reason as reason,
      (select coalesce(array_agg(p.email order by m.joined_at), '{}') from members m join profiles p on p.user_id = m.user_id
        where m.organization_id = ${organizationId} and m.role = 'owner') as owners
    from noted where not active`);
}
