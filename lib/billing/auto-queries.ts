import type { PackageName } from "#lib/billing/prices";
import { type TopupRow, topupColumns } from "#lib/billing/queries";
import { empty, sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

export type AutoTopupRow = {
  isEnabled: boolean;
  threshold: number;
  package: PackageName | null;
  credits: number;
  amountCents: number;
  dailyCap: number;
  failures: number;
  lastFailure: string | null;
};

/** The settings; locked by whoever is about to change them. */
export function selectAutoTopup(tx: Tx, organizationId: string, lock = empty): Promise<AutoTopupRow | undefined> {
  return tx.maybe(sql`
    select is_enabled, threshold, package, credits, amount_cents, daily_cap, failures, last_failure
    from auto_topups where organization_id = ${organizationId} ${lock}`);
}

/** Stores the settings; whoever saves them has seen the failures, so they are counted from zero again. */
export async function upsertAutoTopup(tx: Tx, organizationId: string, row: AutoTopupRow): Promise<void> {
  await tx.run(sql`
    insert into auto_topups (organization_id, is_enabled, threshold, package, credits, amount_cents, daily_cap)
    values (${organizationId}, ${row.isEnabled}, ${row.threshold}, ${row.package}, ${row.credits}, ${row.amountCents},
      ${row.dailyCap})
    on conflict (organization_id) do update set is_enabled = excluded.is_enabled, threshold = excluded.threshold,
      package = excluded.package, credits = excluded.credits, amount_cents = excluded.amount_cents,
      daily_cap = excluded.daily_cap, failures = 0, last_failure = null, next_attempt_at = null, updated_at = now()`);
}

export async function updateAutoSucceeded(tx: Tx, organizationId: string): Promise<void> {
  await tx.run(sql`
    update auto_topups set failures = 0, last_failure = null, next_attempt_at = null
    where organization_id = ${organizationId}`);
}

const failuresMax = 3;

/** Counts a failure and waits an hour; the last one that is allowed switches automatic top-ups off. */
export function updateAutoFailed(
  tx: Tx,
  organizationId: string,
  failure: string | null,
): Promise<{ isEnabled: boolean; failures: number } | undefined> {
  return tx.maybe(sql`
    update auto_topups set failures = failures + 1, last_failure = ${failure},
      is_enabled = is_enabled and failures + 1 < ${failuresMax}, next_attempt_at = now() + interval '1 hour'
    where organization_id = ${organizationId}
    returning is_enabled, failures`);
}

/**
 * Makes a pending top-up for organizations below their threshold, in one statement: enabled, with a saved payment
 * method, owing nothing, without another one pending (also a unique index), and within the day's cap. A worker that
 * comes at the same moment sees the moved next_attempt_at and passes.
 */
export function insertDueTopups(limit: number): Promise<TopupRow[]> {
  return system.all(sql`
    with due as (
      select a.organization_id from auto_topups a
        join organizations o on o.id = a.organization_id
        join billing_customers c on c.organization_id = a.organization_id
      where a.is_enabled and (a.next_attempt_at is null or a.next_attempt_at <= now())
        and o.credits < a.threshold and o.credits_owed = 0 and c.payment_method_id is not null
        and not exists (
          select 1 from topups t
          where t.organization_id = a.organization_id and t.kind = 'automatic' and t.status = 'pending')
        and a.credits + (
          select coalesce(sum(t.credits), 0) from topups t
          where t.organization_id = a.organization_id and t.kind = 'automatic' and t.status not in ('failed', 'expired')
            and t.created_at >= date_trunc('day', now() at time zone 'utc') at time zone 'utc') <= a.daily_cap
      order by a.next_attempt_at nulls first limit ${limit} for update of a skip locked
    ), claimed as (
      update auto_topups a set next_attempt_at = now() + interval '1 minute' from due
      where a.organization_id = due.organization_id
      returning a.organization_id, a.package, a.credits, a.amount_cents
    )
    insert into topups (id, organization_id, kind, package, credits, amount_cents, stripe_customer_id, stripe_payment_method_id)
    select gen_random_uuid(), claimed.organization_id, 'automatic', claimed.package, claimed.credits, claimed.amount_cents,
      c.stripe_customer_id, c.payment_method_id
    from claimed join billing_customers c on c.organization_id = claimed.organization_id
    on conflict do nothing
    returning ${topupColumns}`);
}

/** Automatic top-ups whose outcome nobody has told for ten minutes, such as after a crash; each worker gets its own. */
export function claimForgottenTopups(limit: number): Promise<TopupRow[]> {
  return system.all(sql`
    update topups set attempted_at = now()
    where id in (
      select id from topups
      where kind = 'automatic' and status = 'pending' and attempted_at < now() - interval '10 minutes'
      order by attempted_at limit ${limit} for update skip locked)
    returning ${topupColumns}`);
}

export function selectCustomer(
  tx: Tx,
  organizationId: string,
): Promise<{ stripeCustomerId: string; paymentMethodId: string | null } | undefined> {
  return tx.maybe(sql`
    select stripe_customer_id, payment_method_id from billing_customers where organization_id = ${organizationId}`);
}

/** Keeps the first customer of an organization, or replaces exactly the one that Stripe no longer knows. */
export function upsertCustomer(
  organizationId: string,
  customerId: string,
  gone: string | null,
): Promise<{ stripeCustomerId: string }> {
  return system.one(sql`
    insert into billing_customers (organization_id, stripe_customer_id) values (${organizationId}, ${customerId})
    on conflict (organization_id) do update set
      stripe_customer_id = case when billing_customers.stripe_customer_id = ${gone}
        then excluded.stripe_customer_id else billing_customers.stripe_customer_id end,
      payment_method_id = case when billing_customers.stripe_customer_id = ${gone}
        then null else billing_customers.payment_method_id end
    returning stripe_customer_id`);
}

export async function updatePaymentMethod(tx: Tx, customerId: string, paymentMethodId: string): Promise<void> {
  await tx.run(sql`
    update billing_customers set payment_method_id = ${paymentMethodId} where stripe_customer_id = ${customerId}`);
}
