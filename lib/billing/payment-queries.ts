import { type TopupRow, topupColumns } from "#lib/billing/queries";
import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

/** Notes an event, in the transaction of its effect; false when it took effect before. A copy that comes meanwhile waits. */
export async function insertEvent(tx: Tx, id: string, type: string): Promise<boolean> {
  return (await tx.run(sql`insert into stripe_events (id, type) values (${id}, ${type}) on conflict do nothing`)) > 0;
}

export type PaymentNames = {
  sessionId?: string | null;
  paymentIntentId?: string | null;
  topupId?: string | null;
};

/** Our row of a payment, locked until the transaction ends. The id in the metadata counts only where nothing contradicts it. */
export async function lockTopup(
  tx: Tx,
  { sessionId, paymentIntentId, topupId }: PaymentNames,
): Promise<TopupRow | undefined> {
  const [session, intent, id] = [sessionId ?? null, paymentIntentId ?? null, topupId ?? null];
  // A refund and the purchase it undoes may come at the same moment, while the row does not know its payment yet.
  if (intent) await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`payment\n${intent}`}, 0))`);
  return tx.maybe(sql`
    select ${topupColumns} from topups
    where stripe_session_id = ${session}::text or stripe_payment_intent_id = ${intent}::text
      or (id = ${id}::uuid and (${session}::text is null or stripe_session_id is null)
        and (${intent}::text is null or stripe_payment_intent_id is null))
    order by (stripe_session_id = ${session}::text) desc nulls last, (stripe_payment_intent_id = ${intent}::text) desc nulls last
    limit 1 for update`);
}

export async function updateTopupNames(tx: Tx, topup: TopupRow, names: PaymentNames): Promise<void> {
  await tx.run(sql`
    update topups set stripe_session_id = coalesce(stripe_session_id, ${names.sessionId ?? null}),
      stripe_payment_intent_id = coalesce(stripe_payment_intent_id, ${names.paymentIntentId ?? null})
    where organization_id = ${topup.organizationId} and id = ${topup.id}`);
}

export type ForeignTopup = Pick<
  TopupRow,
  "id" | "organizationId" | "userId" | "credits" | "amountCents" | "currency"
> & {
  sessionId: string;
};

/** A row for a checkout that was not started here, so that it is credited, refunded and listed like all others. */
export async function insertForeignTopup(tx: Tx, topup: ForeignTopup): Promise<void> {
  await tx.run(sql`
    insert into topups (id, organization_id, user_id, kind, credits, amount_cents, currency, stripe_session_id)
    values (${topup.id}, ${topup.organizationId},
      (select user_id from profiles where user_id = ${topup.userId}::uuid), 'checkout', ${topup.credits},
      ${topup.amountCents}, ${topup.currency}, ${topup.sessionId})
    on conflict (stripe_session_id) do nothing`);
}

/** The organization with this id, or else the one the person acts for; undefined when there is neither. */
export function selectBuyer(
  tx: Tx,
  organizationId: string | null,
  userId: string | null,
): Promise<{ id: string } | undefined> {
  if (organizationId) return tx.maybe(sql`select id from organizations where id = ${organizationId}`);
  return tx.maybe(sql`
    select m.organization_id as id from members m join profiles p on p.user_id = m.user_id
    where m.user_id = ${userId}
    order by (m.organization_id = p.active_organization_id) desc nulls last, m.joined_at, m.id limit 1`);
}

/** Answers when it was paid: now. */
export async function updateTopupPaid(tx: Tx, topup: TopupRow): Promise<string> {
  const { paidAt } = await tx.one<{ paidAt: string }>(sql`
    update topups set status = 'paid', paid_at = now(), failure = null
    where organization_id = ${topup.organizationId} and id = ${topup.id}
    returning paid_at`);
  await tx.run(sql`update organizations set last_topped_up = ${paidAt} where id = ${topup.organizationId}`);
  return paidAt;
}

/** False when the top-up was no longer open. */
export async function updateTopupClosed(
  tx: Tx,
  topup: TopupRow,
  status: "failed" | "expired",
  failure: string | null,
): Promise<boolean> {
  const closed = await tx.run(sql`
    update topups set status = ${status}, failure = ${failure}
    where organization_id = ${topup.organizationId} and id = ${topup.id} and status = 'pending'`);
  return closed > 0;
}

export async function updateReceipt(tx: Tx, topup: TopupRow, receiptUrl: string): Promise<void> {
  await tx.run(sql`
    update topups set receipt_url = ${receiptUrl}
    where organization_id = ${topup.organizationId} and id = ${topup.id}`);
}

export type Reversal = {
  id: string;
  paymentIntentId: string;
  kind: "refund" | "dispute";
  amountCents: number;
  totalCents: number | null;
  isVoid: boolean;
};

/** Keeps the furthest state of a reversal: refunds only grow, and a dispute that was won stays won. */
export async function upsertReversal(tx: Tx, reversal: Reversal): Promise<void> {
  await tx.run(sql`
    insert into payment_reversals (id, payment_intent_id, kind, amount_cents, total_cents, is_void)
    values (${reversal.id}, ${reversal.paymentIntentId}, ${reversal.kind}, ${reversal.amountCents},
      ${reversal.totalCents}, ${reversal.isVoid})
    on conflict (id) do update set amount_cents = greatest(payment_reversals.amount_cents, excluded.amount_cents),
      total_cents = coalesce(payment_reversals.total_cents, excluded.total_cents),
      is_void = payment_reversals.is_void or excluded.is_void`);
}

export type Reversed = { amountCents: number; totalCents: number | null; isDisputed: boolean };

/** What of a payment's money went back, all refunds and disputes together. */
export function selectReversed(tx: Tx, paymentIntentId: string): Promise<Reversed> {
  return tx.one(sql`
    select coalesce(sum(amount_cents), 0)::bigint as amount_cents, max(total_cents) as total_cents,
      coalesce(bool_or(kind = 'dispute'), false) as is_disputed
    from payment_reversals where payment_intent_id = ${paymentIntentId} and not is_void`);
}

/** Notes what is undone of a top-up now and answers the number of this change, which names it in the ledger. */
export async function updateTopupReversed(
  tx: Tx,
  topup: TopupRow,
  creditsTakenBack: number,
  status: "paid" | "refunded" | "disputed",
): Promise<number> {
  const { reversalCount } = await tx.one<{ reversalCount: number }>(sql`
    update topups set status = ${status}, credits_taken_back = ${creditsTakenBack},
      reversal_count = reversal_count + (credits_taken_back <> ${creditsTakenBack})::int
    where organization_id = ${topup.organizationId} and id = ${topup.id}
    returning reversal_count`);
  return reversalCount;
}

/** Adds to what the organization owes, or with a negative number takes from it; answers what it owes then. */
export async function updateOwed(tx: Tx, organizationId: string, credits: number): Promise<number> {
  const { creditsOwed } = await tx.one<{ creditsOwed: number }>(sql`
    update organizations set credits_owed = credits_owed + ${credits} where id = ${organizationId}
    returning credits_owed`);
  return creditsOwed;
}

/** What the organization owes and could pay now; nobody else changes either until the transaction ends. */
export function lockOwed(tx: Tx, organizationId: string): Promise<{ owed: number; available: number }> {
  return tx.one(sql`
    select credits_owed as owed, available_micros / 10000 as available from organizations
    where id = ${organizationId} for no key update`);
}

/** Organizations that owe credits and have some again, such as from a hold that was not used up. */
export function selectDebtors(): Promise<{ id: string }[]> {
  return system.all(
    sql`select id from organizations where credits_owed > 0 and available_micros >= 10000 order by id limit 100`,
  );
}
