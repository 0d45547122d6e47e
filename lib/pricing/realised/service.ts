import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { AppError, type ErrorCode, invalid } from "#lib/errors";
import { marginBp, priceQuote } from "#lib/pricing/arithmetic";
import { bpToPercent, centsToDollars, microsToDollars } from "#lib/pricing/decimal";
import { publicId, uuidOf } from "#lib/pricing/names";
import { currentPolicy } from "#lib/pricing/policy/service";
import { checkedWire } from "#lib/pricing/quotes/wire";
import {
  type Attempt,
  type Ceiling,
  insertQuoteRun,
  type RealisedRow,
  selectAttempts,
  selectCeiling,
  selectCeilingOfRun,
  selectPercentiles,
  selectQuoteIdOfRun,
  selectRealised,
  updateToRealised,
  updateToStepsRealised,
} from "#lib/pricing/realised/queries";
import type { IntervalAnswer, IntervalInput, RealisedAnswer, RealisedQuery } from "#lib/pricing/realised/schema";

export type { Ceiling };

/** Work that is to be sold under a quote, with the tokens that it takes at least: what it sends first, the shortest answers. */
export type WorkUnderQuote = { quoteId: string; runId: string; inputTokensMin: number; outputTokensMin: number };

const defaultDays = 30;
const shares = [0.5, 0.9] as const;
const history = { days: 90, limit: 1_000 };
const attemptsMax = 50;
/** Fewer runs say nothing about the ninth in ten. */
const runsMin = 10;

function refused(code: ErrorCode, message: string, reason?: string): AppError {
  return new AppError(code, message, { issues: [{ field: "quote_id", message }], ...(reason && { reason }) });
}

/**
 * Puts a run under a quote, in the transaction that stores the run. Answers the tokens the run may use at most: those of
 * the quote less what earlier attempts used. Throws `not_found` for an unknown quote and `conflict` for one that is done or
 * being done by another run, or whose tokens are used up.
 */
export async function attachQuote(tx: Tx, ctx: Context, quoteId: string, runId: string): Promise<Ceiling> {
  const uuid = uuidOf("quote", quoteId);
  const ceiling = uuid && (await selectCeiling(tx, ctx.organizationId, uuid));
  if (!uuid || !ceiling) throw refused("not_found", "Quote not found");
  if (ceiling.inputTokens + ceiling.outputTokens === 0)
    throw refused("conflict", "The tokens of the quote in quote_id are used up. Make a new quote.", "QUOTE_USED_UP");
  if ((await insertQuoteRun(tx, ctx, uuid, runId)) === 0)
    throw refused("conflict", "The quote in quote_id is taken by another run. Make a new quote.", "QUOTE_TAKEN");
  return ceiling;
}

/**
 * Puts a run under a quote as `attachQuote` does, and refuses work that the quote cannot cover from the start. Throws
 * `validation` for that.
 */
export async function attachWork(
  tx: Tx,
  ctx: Context,
  { quoteId, runId, inputTokensMin, outputTokensMin }: WorkUnderQuote,
): Promise<Ceiling> {
  const ceiling = await attachQuote(tx, ctx, quoteId, runId);
  const issue = (message: string) => invalid([{ field: "quote_id", message }]);
  if (inputTokensMin > ceiling.inputTokens)
    throw issue(
      `The work takes at least about ${inputTokensMin} input tokens; the quote in quote_id allows ${ceiling.inputTokens}.`,
    );
  if (outputTokensMin > ceiling.outputTokens)
    throw issue(
      `The work takes at least ${outputTokensMin} output tokens; the quote in quote_id allows ${ceiling.outputTokens}.`,
    );
  return ceiling;
}

/** What a run under a quote may use in all, however often it was taken over. Nothing for a run without a quote. */
export function findCeiling(tx: Tx, ctx: Context, runId: string): Promise<Ceiling | undefined> {
  return selectCeilingOfRun(tx, ctx.organizationId, runId);
}

/** The quote that a run is under, if any. */
export async function findQuoteId(ctx: Context, runId: string): Promise<string | null> {
  const found = await selectQuoteIdOfRun(tenant(ctx), ctx.organizationId, runId);
  return found ? publicId("quote", found.quoteId) : null;
}

/**
 * Writes what a run has really cost to its quote, in the transaction that ends the run and after its status is written: a
 * run that failed or was cancelled gives the quote free, and its cost stays with the quote. Does nothing for a run without
 * a quote, or the second time. Throws `validation` for a cost that is no whole number of micro-dollars from 0 on.
 */
export async function realiseQuote(
  tx: Tx,
  ctx: Context,
  runId: string,
  actualCostMicros: number,
  tokens: Ceiling,
): Promise<boolean> {
  if (!Number.isSafeInteger(actualCostMicros) || actualCostMicros < 0)
    throw new AppError("validation", "A cost is a whole number of micro-dollars from 0 on");
  return (await updateToRealised(tx, ctx, runId, actualCostMicros, tokens)) > 0;
}

/**
 * As `realiseQuote`, with the cost and the tokens of the run's stored steps: simulated ones at their price, as in a quote.
 * Where the price of one is unknown, so is the cost.
 */
export async function realiseRun(tx: Tx, ctx: Context, runId: string): Promise<boolean> {
  return (await updateToStepsRealised(tx, ctx, runId)) > 0;
}

/** The newest 50 runs under a quote with what they have cost. Empty for an unknown quote. */
export async function listAttempts(ctx: Context, quoteId: string): Promise<Attempt[]> {
  const uuid = uuidOf("quote", quoteId);
  return uuid ? selectAttempts(tenant(ctx), ctx.organizationId, uuid, attemptsMax) : [];
}

type Sums = Omit<RealisedRow, "model" | "segment">;

function marginsWire({ quotes, attempts, revenueCents, quotedMicros, actualMicros }: Sums) {
  const revenuePicos = BigInt(revenueCents) * 10_000_000_000n;
  const margin = (micros: number) =>
    revenueCents === 0 ? 0 : bpToPercent(marginBp(revenuePicos, BigInt(micros) * 1_000_000n));
  return {
    quotes,
    attempts,
    revenue: centsToDollars(revenueCents),
    quoted_cost: microsToDollars(quotedMicros),
    actual_cost: microsToDollars(actualMicros),
    quoted_margin_pct: margin(quotedMicros),
    realised_margin_pct: margin(actualMicros),
  };
}

const nothing: Sums = { quotes: 0, attempts: 0, revenueCents: 0, quotedMicros: 0, actualMicros: 0 };

function added(a: Sums, b: Sums): Sums {
  return {
    quotes: a.quotes + b.quotes,
    attempts: a.attempts + b.attempts,
    revenueCents: a.revenueCents + b.revenueCents,
    quotedMicros: a.quotedMicros + b.quotedMicros,
    actualMicros: a.actualMicros + b.actualMicros,
  };
}

/**
 * Quoted against realised margin of the work that was done in the last days, by model and segment. Work of which some call
 * has no known price is left out: its margin is unknown.
 */
export async function reportRealised(
  ctx: Context,
  { days = defaultDays }: RealisedQuery = {},
): Promise<RealisedAnswer> {
  const rows = await selectRealised(tenant(ctx), ctx.organizationId, days);
  return {
    success: true,
    days,
    total: marginsWire(rows.reduce<Sums>(added, nothing)),
    by_model_and_segment: rows.map((row) => ({ model: row.model, segment: row.segment, ...marginsWire(row) })),
  };
}

/**
 * A quote as an interval: priced at the median and at the 90th percentile of the tokens that the organization's own runs of
 * this model and task type took. Nothing is stored. Below ten runs there is none.
 */
export async function quoteInterval(ctx: Context, input: IntervalInput): Promise<IntervalAnswer> {
  const { model, complexity, segment, delivery_type: deliveryType, task_type } = input;
  const [policy, found] = await Promise.all([
    currentPolicy(tenant(ctx), ctx),
    selectPercentiles(tenant(ctx), ctx.organizationId, model, task_type, shares, history),
  ]);
  const at = (index: number) => {
    const tokens = { inputTokens: found.input?.[index] ?? 0, outputTokens: found.output?.[index] ?? 0 };
    return checkedWire(priceQuote(policy, { model, complexity, segment, deliveryType, ...tokens }));
  };
  const isEnough = found.runs >= runsMin;
  return {
    success: true,
    task_type,
    sample_count: found.runs,
    status: isEnough ? "complete" : "insufficient_data",
    p50: isEnough ? at(0) : null,
    p90: isEnough ? at(1) : null,
  };
}
