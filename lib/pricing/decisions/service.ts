import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { isCompliant, priceQuote } from "#lib/pricing/arithmetic";
import {
  type DecisionRow,
  insertDecision,
  selectDecision,
  selectDecisionCount,
  selectDecisionOfQuote,
  selectDecisions,
  updateResolution,
} from "#lib/pricing/decisions/queries";
import type {
  DecisionAnswer,
  DecisionInput,
  DecisionQuery,
  DecisionState,
  Decisions,
  StoredDecision,
} from "#lib/pricing/decisions/schema";
import { noteOutcome, takePart } from "#lib/pricing/experiments/service";
import { type DecisionStatus, publicId, uuidOf } from "#lib/pricing/names";
import { paginationOf, partOf } from "#lib/pricing/paging";
import { currentPolicy } from "#lib/pricing/policy/service";
import { quoteData, storedWire, storeQuotes } from "#lib/pricing/quotes/store";
import { requestOf } from "#lib/pricing/quotes/wire";

export const nextStep = (status: DecisionStatus) => (status === "approved" ? "send_quote" : "route_to_deal_desk");

/**
 * Prices a request and decides on it by its guard-rail (contract A12): approved, or escalated to the deal desk, where it
 * waits. Fires `pricing.quote_approved` or `pricing.quote_escalated`. With `experiment_id` and `subject` it is priced for
 * the subject's variant and counted in the experiment. Throws `not_found` for an unknown experiment, `conflict` for one
 * that is over.
 */
export function createDecision(ctx: Context, input: DecisionInput): Promise<DecisionAnswer> {
  const { approver, delivery_type, experiment_id, subject } = input;
  if ((experiment_id === undefined) !== (subject === undefined))
    throw invalid([{ field: "subject", message: "experiment_id and subject are needed together" }]);
  return transaction(ctx, async (tx) => {
    const [policy, part] = await Promise.all([
      currentPolicy(tx, ctx),
      experiment_id !== undefined && subject !== undefined ? takePart(tx, ctx, experiment_id, subject) : undefined,
    ]);
    const figures = priceQuote(policy, requestOf(input, delivery_type), part?.markupAdjustmentBp);
    const status = isCompliant(figures) ? "approved" : "escalated";
    const id = uuidv7();
    const decision_id = publicId("decision", id);
    const under = {
      policyVersion: policy.version,
      experimentId: part?.experimentId ?? null,
      variant: part?.variant ?? null,
    };
    const [stored] = await storeQuotes(tx, ctx, "decision", [figures], under, (made) =>
      made.map((one) => ({
        event: `pricing.quote_${status}` as const,
        data: { ...quoteData(one), decision_id, approver },
      })),
    );
    if (!stored) throw new Error("The quote was not stored.");
    const { grossMarginBp } = figures;
    const made = { id, quoteId: stored.id, status, approver, deliveryType: delivery_type, grossMarginBp } as const;
    const { createdAt: generated_at } = await insertDecision(tx, ctx, made);
    if (part) await noteOutcome(tx, ctx, part, { status, grossMarginBp, decisionId: id });
    return {
      success: true,
      decision_id,
      decision: { decision_status: status, approver, delivery_type, next_step: nextStep(status), generated_at },
      ...storedWire(stored),
      ...(part && experiment_id && { experiment: { experiment_id, subject: part.subject, variant: part.variant } }),
    };
  });
}

function stateOf({ status, resolution }: DecisionRow): DecisionState {
  if (status === "approved") return "approved";
  return resolution === null ? "waiting" : resolution === "exception" ? "excepted" : "declined";
}

function wire(row: DecisionRow): StoredDecision {
  return {
    decision_id: publicId("decision", row.decisionId),
    state: stateOf(row),
    decision: {
      decision_status: row.status,
      approver: row.approver,
      delivery_type: row.deliveryType,
      next_step: nextStep(row.status),
      generated_at: row.decidedAt,
    },
    ...storedWire({ id: row.id, figures: row }),
    exception_id: row.exceptionId && publicId("exception", row.exceptionId),
    resolved_at: row.resolvedAt,
  };
}

/** The decisions of a state (all unless said), newest first; those that wait at the deal desk, oldest first. */
export async function listDecisions(ctx: Context, query: DecisionQuery = {}): Promise<Decisions> {
  const page = partOf(query);
  const [rows, { total }] = await Promise.all([
    selectDecisions(tenant(ctx), ctx.organizationId, page, query.state),
    selectDecisionCount(tenant(ctx), ctx.organizationId, query.state),
  ]);
  return { success: true, decisions: rows.map(wire), pagination: paginationOf(page, total) };
}

/** Throws `not_found` for an id that is malformed, unknown or of another organization. */
export async function requireDecision(tx: Tx, ctx: Context, id: string): Promise<DecisionRow> {
  const uuid = uuidOf("decision", id);
  const row = uuid && (await selectDecision(tx, ctx.organizationId, uuid));
  if (!row) throw notFound("Decision");
  return row;
}

/** A stored decision. Throws `not_found`. */
export async function getDecision(ctx: Context, id: string): Promise<StoredDecision & { success: true }> {
  return { success: true, ...wire(await requireDecision(tenant(ctx), ctx, id)) };
}

/** The decision that a quote was made for, or null. */
export async function findDecisionOfQuote(ctx: Context, quoteId: string): Promise<StoredDecision | null> {
  const uuid = uuidOf("quote", quoteId);
  const row = uuid && (await selectDecisionOfQuote(tenant(ctx), ctx.organizationId, uuid));
  return row ? wire(row) : null;
}

/** Takes an escalated decision out of the deal desk's queue. Throws `conflict` when it does not wait there. */
export async function resolveDecision(
  tx: Tx,
  ctx: Context,
  id: string,
  resolution: "exception" | "declined",
): Promise<DecisionRow> {
  const row = await requireDecision(tx, ctx, id);
  if (row.status === "approved")
    throw conflict("The decision was approved; there is nothing to resolve", "NOT_ESCALATED");
  if ((await updateResolution(tx, ctx, row.decisionId, resolution)) === 0)
    throw conflict("The decision is resolved already", "RESOLVED");
  return row;
}

/** Closes an escalated decision without an exception: the quote is not to be sent. Throws `not_found` or `conflict`. */
export function declineDecision(ctx: Context, id: string): Promise<StoredDecision & { success: true }> {
  return transaction(ctx, async (tx) => {
    await resolveDecision(tx, ctx, id, "declined");
    return getDecision({ ...ctx, tx }, id);
  });
}
