import { type Context, userIdOf } from "#lib/context";
import { empty, type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { QuotedModel, Segment } from "#lib/pricing/names";
import type { OpenExceptions } from "#lib/pricing/review/calculate";

export type ExceptionRow = {
  id: string;
  decisionId: string;
  quoteId: string;
  model: QuotedModel;
  segment: Segment;
  priceCents: number;
  grossMarginBp: number;
  minimumMarginBp: number;
  reason: string;
  ageDays: number;
  createdAt: string;
  closedAt: string | null;
  closingNote: string | null;
};

export function insertException(tx: Tx, ctx: Context, id: string, decisionId: string, reason: string): Promise<number> {
  return tx.run(sql`
    insert into pricing_exceptions (id, organization_id, decision_id, reason, opened_by)
    values (${id}, ${ctx.organizationId}, ${decisionId}, ${reason}, ${userIdOf(ctx)})`);
}

const ofStatus = { open: sql`and e.closed_at is null`, closed: sql`and e.closed_at is not null` };
export type StatusFilter = keyof typeof ofStatus | undefined;

const exceptions: Sql = sql`
  select e.id, e.decision_id, d.quote_id, q.model, q.segment, q.price_cents, q.gross_margin_bp, q.minimum_margin_bp,
    e.reason, floor(extract(epoch from coalesce(e.closed_at, now()) - e.created_at) / 86400)::int as age_days,
    e.created_at, e.closed_at, e.closing_note
  from pricing_exceptions e join pricing_decisions d on d.id = e.decision_id join pricing_quotes q on q.id = d.quote_id`;

/** The oldest of those that are open first; else the newest first. */
export function selectExceptions(
  tx: Tx,
  organizationId: string,
  { limit, offset }: Page,
  status: StatusFilter,
): Promise<ExceptionRow[]> {
  const order = status === "open" ? sql`e.created_at, e.id` : sql`e.created_at desc, e.id desc`;
  return tx.all(sql`
    ${exceptions} where e.organization_id = ${organizationId} ${status ? ofStatus[status] : empty}
    order by ${order} limit ${limit} offset ${offset}`);
}

export function selectExceptionCount(tx: Tx, organizationId: string, status: StatusFilter): Promise<{ total: number }> {
  return tx.one(sql`
    select count(*) as total from pricing_exceptions e
    where e.organization_id = ${organizationId} ${status ? ofStatus[status] : empty}`);
}

export function selectException(tx: Tx, organizationId: string, id: string): Promise<ExceptionRow | undefined> {
  return tx.maybe(sql`${exceptions} where e.organization_id = ${organizationId} and e.id = ${id}`);
}

/** Closes an open exception; 0 when it is closed already or not there: of two at the same moment one does it. */
export function updateToClosed(tx: Tx, ctx: Context, id: string, note: string | null): Promise<number> {
  return tx.run(sql`
    update pricing_exceptions set closed_at = now(), closed_by = ${userIdOf(ctx)}::uuid, closing_note = ${note}
    where organization_id = ${ctx.organizationId} and id = ${id} and closed_at is null`);
}

/** How many are open, how old the oldest is, and how many have been open for `atRiskDays` or more. */
export function selectAging(tx: Tx, organizationId: string, atRiskDays: number): Promise<OpenExceptions> {
  return tx.one(sql`
    select count(*) as open_exceptions,
      coalesce(floor(extract(epoch from now() - min(created_at)) / 86400), 0)::int as oldest_days,
      count(*) filter (where created_at <= now() - make_interval(days => ${atRiskDays}::int)) as at_risk_count
    from pricing_exceptions where organization_id = ${organizationId} and closed_at is null`);
}
