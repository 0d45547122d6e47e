import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { AppError, conflict, notFound } from "#lib/errors";
import { marginBp, priceQuote } from "#lib/pricing/arithmetic";
import { bpToPercent, centsToDollars, microsToDollars } from "#lib/pricing/decimal";
import { uuidOf } from "#lib/pricing/names";
import { currentPolicy } from "#lib/pricing/policy/service";
import { checkedWire } from "#lib/pricing/quotes/wire";
import {
  type Attempt,
  type Ceiling,
  insertQuoteRun,
  type RealisedRow,
  selectAttempts,
  selectCeiling,
  selectPercentiles,
  selectRealised,
  updateToRealised,
} from "#lib/pricing/realised/queries";
import type { IntervalAnswer, IntervalInput, RealisedAnswer, RealisedQuery } from "#lib/pricing/realised/schema";

const defaultDays = 30;
const shares = [0.5, 0.9] as const;
const history = { days: 90, limit: 1_000 };
const attemptsMax = 50;
/** Fewer runs say nothing about the ninth in ten. */
const runsMin = 10;

/**
 * Puts a run under a quote, in the transaction that stores the run. Answers the tokens the run may use at most: those of
 * the quote less what earlier attempts used. Throws `not_found` for an unknown quote and `conflict` for one that is done or
 * being done by another run, or whose tokens are used up.
 */
export async function attachQuote(tx: Tx, ctx: Context, quoteId: string, runId: string): Promise<Ceiling> {
  const uuid = uuidOf("quote", quoteId);
  const ceiling = uuid && (await selectCeiling(tx, ctx.organizationId, uuid));
  if (!uuid || !ceiling) throw notFound("Quote");
  if (ceiling.inputTokens + ceiling.outputTokens === 0)
    throw conflict("The quoted tokens are used up. Make a new quote.", "QUOTE_USED_UP");
  if ((await insertQuoteRun(tx, ctx, uuid, runId)) === 0)
    throw conflict("The quote is taken by another run.", "QUOTE_TAKEN");
  return ceiling;
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

/** Quoted against realised margin of the work that was done in the last days, by model and segment. */
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
