import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { bpToPercent, centsToDollars } from "#lib/pricing/decimal";
import { resolveDecision } from "#lib/pricing/decisions/service";
import {
  type ExceptionRow,
  insertException,
  selectAging,
  selectException,
  selectExceptionCount,
  selectExceptions,
  updateToClosed,
} from "#lib/pricing/exceptions/queries";
import type {
  CloseInput,
  Exception,
  ExceptionAnswer,
  ExceptionInput,
  ExceptionQuery,
  Exceptions,
} from "#lib/pricing/exceptions/schema";
import { publicId, uuidOf } from "#lib/pricing/names";
import { paginationOf, partOf } from "#lib/pricing/paging";
import { quoteData } from "#lib/pricing/quotes/store";
import { atRiskDays, exceptionAging } from "#lib/pricing/review/calculate";
import { recordAudit } from "#lib/records/service";
import { publishPricing } from "#lib/webhooks/pricing/service";

function wire(row: ExceptionRow): Exception {
  return {
    exception_id: publicId("exception", row.id),
    decision_id: publicId("decision", row.decisionId),
    quote_id: publicId("quote", row.quoteId),
    model: row.model,
    segment: row.segment,
    recommended_price: centsToDollars(row.priceCents),
    gross_margin_pct: bpToPercent(row.grossMarginBp),
    minimum_margin_pct: bpToPercent(row.minimumMarginBp),
    status: row.closedAt === null ? "open" : "closed",
    reason: row.reason,
    age_days: row.ageDays,
    at_risk: row.closedAt === null && row.ageDays >= atRiskDays,
    opened_at: row.createdAt,
    closed_at: row.closedAt,
    closing_note: row.closingNote,
  };
}

async function answer(tx: Tx, ctx: Context, id: string): Promise<ExceptionAnswer> {
  const row = await selectException(tx, ctx.organizationId, id);
  if (!row) throw notFound("Exception");
  return { success: true, exception: wire(row) };
}

/**
 * Approves an escalated decision as an exception, which stays open until it is closed. Fires `pricing.exception_created`.
 * Throws `not_found` for an unknown decision, `conflict` for one that does not wait at the deal desk.
 */
export function openException(ctx: Context, { decision_id, reason }: ExceptionInput): Promise<ExceptionAnswer> {
  const id = uuidv7();
  return transaction(ctx, async (tx) => {
    const decision = await resolveDecision(tx, ctx, decision_id, "exception");
    await insertException(tx, ctx, id, decision.decisionId, reason);
    const exception_id = publicId("exception", id);
    const data = { exception_id, decision_id, reason, ...quoteData({ id: decision.id, figures: decision }) };
    await publishPricing(tx, ctx, [{ event: "pricing.exception_created", data }]);
    await recordAudit(tx, ctx, "config.change", { type: "pricing_exception", id: exception_id }, { opened: reason });
    return answer(tx, ctx, id);
  });
}

/** Closes an open exception. Throws `not_found`, or `conflict` when somebody closed it already. */
export function closeException(ctx: Context, id: string, { note }: CloseInput): Promise<ExceptionAnswer> {
  const uuid = uuidOf("exception", id);
  if (!uuid) throw notFound("Exception");
  return transaction(ctx, async (tx) => {
    const closed = await updateToClosed(tx, ctx, uuid, note || null);
    const now = await answer(tx, ctx, uuid);
    if (closed === 0) throw conflict("The exception is closed already", "CLOSED");
    await recordAudit(tx, ctx, "config.change", { type: "pricing_exception", id }, { closed: note ?? "" });
    return now;
  });
}

/** The open exceptions' ages and what follows from them (contract A17, from what is stored). */
export async function getExceptionAging(tx: Tx, ctx: Context) {
  return exceptionAging(await selectAging(tx, ctx.organizationId, atRiskDays));
}

/** Exceptions of a status (all unless said), newest first; open ones oldest first. With the ageing of the open ones. */
export async function listExceptions(ctx: Context, query: ExceptionQuery = {}): Promise<Exceptions> {
  const page = partOf(query);
  const [rows, { total }, aging] = await Promise.all([
    selectExceptions(tenant(ctx), ctx.organizationId, page, query.status),
    selectExceptionCount(tenant(ctx), ctx.organizationId, query.status),
    getExceptionAging(tenant(ctx), ctx),
  ]);
  const pagination = paginationOf(page, total);
  return { success: true, exceptions: rows.map(wire), count: rows.length, pagination, ...aging };
}
