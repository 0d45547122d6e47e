import { type Context, userIdOf } from "#lib/context";
import { empty, type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { DecisionState } from "#lib/pricing/decisions/schema";
import type { DecisionStatus, DeliveryType } from "#lib/pricing/names";
import { type QuoteRow, quoteColumns } from "#lib/pricing/quotes/queries";

export type NewDecision = {
  id: string;
  quoteId: string;
  status: DecisionStatus;
  approver: string;
  deliveryType: DeliveryType;
  grossMarginBp: number;
};

export function insertDecision(tx: Tx, ctx: Context, decision: NewDecision): Promise<{ createdAt: string }> {
  return tx.one(sql`
    insert into pricing_decisions (id, organization_id, quote_id, status, approver, delivery_type, gross_margin_bp)
    values (${decision.id}, ${ctx.organizationId}, ${decision.quoteId}, ${decision.status}, ${decision.approver},
      ${decision.deliveryType}, ${decision.grossMarginBp})
    returning created_at`);
}

/** A decision with its quote; `id` and `createdAt` are the quote's. */
export type DecisionRow = QuoteRow & {
  decisionId: string;
  status: DecisionStatus;
  approver: string;
  resolution: "exception" | "declined" | null;
  resolvedAt: string | null;
  exceptionId: string | null;
  decidedAt: string;
};

const stateOf: Record<DecisionState, Sql> = {
  approved: sql`d.status = 'approved'`,
  waiting: sql`d.status = 'escalated' and d.resolution is null`,
  excepted: sql`d.resolution = 'exception'`,
  declined: sql`d.resolution = 'declined'`,
};

const decisionColumns: Sql = sql`
  d.id as decision_id, d.status, d.approver, d.resolution, d.resolved_at, d.created_at as decided_at,
  (select e.id from pricing_exceptions e where e.decision_id = d.id) as exception_id, ${quoteColumns}`;

/** Newest first; those that wait at the deal desk, oldest first. */
export function selectDecisions(
  tx: Tx,
  organizationId: string,
  { limit, offset }: Page,
  state: DecisionState | undefined,
): Promise<DecisionRow[]> {
  const order = state === "waiting" ? sql`d.created_at, d.id` : sql`d.created_at desc, d.id desc`;
  return tx.all(sql`
    select ${decisionColumns} from pricing_decisions d join pricing_quotes q on q.id = d.quote_id
    where d.organization_id = ${organizationId} ${state ? sql`and ${stateOf[state]}` : empty}
    order by ${order} limit ${limit} offset ${offset}`);
}

export function selectDecisionCount(
  tx: Tx,
  organizationId: string,
  state: DecisionState | undefined,
): Promise<{ total: number }> {
  return tx.one(sql`
    select count(*) as total from pricing_decisions d
    where d.organization_id = ${organizationId} ${state ? sql`and ${stateOf[state]}` : empty}`);
}

export function selectDecision(tx: Tx, organizationId: string, id: string): Promise<DecisionRow | undefined> {
  return tx.maybe(sql`
    select ${decisionColumns} from pricing_decisions d join pricing_quotes q on q.id = d.quote_id
    where d.organization_id = ${organizationId} and d.id = ${id}`);
}

/** The decision that a quote was made for; nothing for a quote that nobody has decided on. */
export function selectDecisionOfQuote(
  tx: Tx,
  organizationId: string,
  quoteId: string,
): Promise<DecisionRow | undefined> {
  return tx.maybe(sql`
    select ${decisionColumns} from pricing_decisions d join pricing_quotes q on q.id = d.quote_id
    where d.organization_id = ${organizationId} and d.quote_id = ${quoteId} order by d.id limit 1`);
}

/** Takes a decision from the deal desk's queue. 0 when it does not wait there: of two at the same moment one gets it. */
export function updateResolution(
  tx: Tx,
  ctx: Context,
  id: string,
  resolution: "exception" | "declined",
): Promise<number> {
  return tx.run(sql`
    update pricing_decisions set resolution = ${resolution}, resolved_at = now(), resolved_by = ${userIdOf(ctx)}::uuid
    where organization_id = ${ctx.organizationId} and id = ${id} and status = 'escalated' and resolution is null`);
}
