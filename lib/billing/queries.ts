import type { PackageName, Purchase } from "#lib/billing/prices";
import type { TopupStatus } from "#lib/billing/schema";
import { type Sql, sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

export type TopupRow = {
  id: string;
  organizationId: string;
  userId: string | null;
  kind: "checkout" | "automatic";
  status: TopupStatus;
  package: PackageName | null;
  credits: number;
  amountCents: number;
  currency: string;
  savesPaymentMethod: boolean;
  stripeSessionId: string | null;
  sessionUrl: string | null;
  stripePaymentIntentId: string | null;
  stripeCustomerId: string | null;
  stripePaymentMethodId: string | null;
  receiptUrl: string | null;
  failure: string | null;
  creditsTakenBack: number;
  reversalCount: number;
  createdAt: string;
  paidAt: string | null;
};

export const topupColumns = sql`
  id, organization_id, user_id, kind, status, package, credits, amount_cents, currency, saves_payment_method,
  stripe_session_id, session_url, stripe_payment_intent_id, stripe_customer_id, stripe_payment_method_id, receipt_url,
  failure, credits_taken_back, reversal_count, created_at, paid_at`;

export type NewTopup = Purchase & {
  id: string;
  organizationId: string;
  userId: string | null;
  savesPaymentMethod: boolean;
  idempotencyKey: string | null;
};

/** Adds a pending checkout. Returns nothing when the organization has used its idempotency key already. */
export function insertTopup(tx: Tx, topup: NewTopup): Promise<{ id: string } | undefined> {
  return tx.maybe(sql`
    insert into topups (id, organization_id, user_id, kind, package, credits, amount_cents, saves_payment_method, idempotency_key)
    values (${topup.id}, ${topup.organizationId}, ${topup.userId}, 'checkout', ${topup.package}, ${topup.credits},
      ${topup.amountCents}, ${topup.savesPaymentMethod}, ${topup.idempotencyKey})
    on conflict (organization_id, idempotency_key) do nothing
    returning id`);
}

export function selectTopupByKey(tx: Tx, organizationId: string, idempotencyKey: string): Promise<TopupRow> {
  return tx.one(sql`
    select ${topupColumns} from topups
    where organization_id = ${organizationId} and idempotency_key = ${idempotencyKey}`);
}

/** Frees an idempotency key whose 24 hours are over. */
export async function deleteOldKey(organizationId: string, idempotencyKey: string): Promise<void> {
  await system.run(sql`
    update topups set idempotency_key = null
    where organization_id = ${organizationId} and idempotency_key = ${idempotencyKey}
      and created_at < now() - interval '24 hours'`);
}

export function selectTopup(tx: Tx, organizationId: string, id: string): Promise<TopupRow | undefined> {
  return tx.maybe(sql`
    select ${topupColumns} from topups where organization_id = ${organizationId} and id = ${id}`);
}

export function selectTopupBySession(tx: Tx, organizationId: string, sessionId: string): Promise<TopupRow | undefined> {
  return tx.maybe(sql`
    select ${topupColumns} from topups
    where organization_id = ${organizationId} and stripe_session_id = ${sessionId}`);
}

export function selectTopups(tx: Tx, organizationId: string, limit: number, offset: number): Promise<TopupRow[]> {
  return tx.all(sql`
    select ${topupColumns} from topups where organization_id = ${organizationId}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

type Session = { sessionId: string; url: string; customerId: string | null };

/** Notes the checkout session of a top-up, once. */
export async function updateTopupSession(topup: TopupRow, session: Session): Promise<void> {
  await system.run(sql`
    update topups set stripe_session_id = ${session.sessionId}, session_url = ${session.url},
      stripe_customer_id = ${session.customerId}, failure = null,
      status = case when status = 'failed' then 'pending' else status end
    where organization_id = ${topup.organizationId} and id = ${topup.id}
      and coalesce(stripe_session_id, ${session.sessionId}) = ${session.sessionId}`);
}

/** The checkout could not be opened. The same call with the same idempotency key may still open it. */
export async function updateTopupUnopened(topup: TopupRow, failure: string): Promise<void> {
  await system.run(sql`
    update topups set status = 'failed', failure = ${failure}
    where organization_id = ${topup.organizationId} and id = ${topup.id} and status = 'pending'
      and stripe_session_id is null`);
}

export async function updateTopupIntent(topup: TopupRow, paymentIntentId: string): Promise<void> {
  await system.run(sql`
    update topups set stripe_payment_intent_id = ${paymentIntentId}
    where organization_id = ${topup.organizationId} and id = ${topup.id} and stripe_payment_intent_id is null`);
}

/** Checkouts that nobody paid within the 24 hours for which Stripe keeps them open. */
export async function expireCheckouts(): Promise<void> {
  await system.run(sql`
    update topups set status = 'expired'
    where kind = 'checkout' and status = 'pending' and attempted_at < now() - interval '25 hours'`);
}

/** Forgets events that nobody will send again and reversals of payments that were never ours. */
export async function deleteOldEvents(): Promise<void> {
  await system.run(sql`delete from stripe_events where created_at < now() - interval '90 days'`);
  await system.run(sql`
    delete from payment_reversals r
    where r.created_at < now() - interval '180 days'
      and not exists (select 1 from topups t where t.stripe_payment_intent_id = r.payment_intent_id)`);
}

export type BalanceRow = {
  credits: number;
  usageThisMonth: number;
  lastToppedUp: string | null;
  status: "active" | "past_due";
  creditsOwed: number;
};

export function selectBalance(tx: Tx, organizationId: string): Promise<BalanceRow> {
  const monthStart: Sql = sql`date_trunc('month', now() at time zone 'utc') at time zone 'utc'`;
  return tx.one(sql`
    select o.credits, o.last_topped_up, o.status, o.credits_owed, (
      select greatest(0, -coalesce(sum(amount), 0))::bigint from credit_transactions
      where organization_id = o.id and type in ('usage', 'refund') and created_at >= ${monthStart}) as usage_this_month
    from organizations o where o.id = ${organizationId}`);
}
