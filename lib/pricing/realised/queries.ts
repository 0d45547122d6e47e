import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { QuotedModel, Segment } from "#lib/pricing/names";
import type { RunStatus } from "#lib/runs/schema";

export type Ceiling = { inputTokens: number; outputTokens: number };

/** What a quote still allows: its tokens less those of earlier attempts. Nothing for an unknown quote. */
export function selectCeiling(tx: Tx, organizationId: string, quoteId: string): Promise<Ceiling | undefined> {
  return tx.maybe(sql`
    select greatest(q.input_tokens - coalesce(sum(r.input_tokens), 0), 0)::bigint as input_tokens,
      greatest(q.output_tokens - coalesce(sum(r.output_tokens), 0), 0)::bigint as output_tokens
    from pricing_quotes q left join pricing_quote_runs r on r.quote_id = q.id
    where q.organization_id = ${organizationId} and q.id = ${quoteId}
    group by q.id`);
}

/** Puts a run of the organization under a quote. 0 when the run is unknown, or another run holds the quote. */
export function insertQuoteRun(tx: Tx, ctx: Context, quoteId: string, runId: string): Promise<number> {
  return tx.run(sql`
    insert into pricing_quote_runs (run_id, organization_id, quote_id)
    select id, organization_id, ${quoteId}::uuid from runs where organization_id = ${ctx.organizationId} and id = ${runId}
    on conflict do nothing`);
}

/** Writes down what a run under a quote has cost, once. A run that failed or was cancelled gives the quote free. */
export function updateToRealised(
  tx: Tx,
  ctx: Context,
  runId: string,
  costMicros: number,
  { inputTokens, outputTokens }: Ceiling,
): Promise<number> {
  return tx.run(sql`
    update pricing_quote_runs set cost_micros = ${costMicros}::bigint, input_tokens = ${inputTokens}::bigint,
      output_tokens = ${outputTokens}::bigint, realised_at = now(),
      holds_quote = not exists (
        select 1 from runs r
        where r.organization_id = ${ctx.organizationId} and r.id = ${runId} and r.status in ('failed', 'cancelled'))
    where organization_id = ${ctx.organizationId} and run_id = ${runId} and realised_at is null`);
}

/**
 * As `updateToRealised`, with what the run's stored steps say. A step whose price nobody knows leaves the cost unknown
 * (null): it is never taken for nothing.
 */
export function updateToStepsRealised(tx: Tx, ctx: Context, runId: string): Promise<number> {
  return tx.run(sql`
    update pricing_quote_runs q set cost_micros = s.cost, input_tokens = s.input, output_tokens = s.output,
      realised_at = now(), holds_quote = not exists (
        select 1 from runs r
        where r.organization_id = ${ctx.organizationId} and r.id = ${runId} and r.status in ('failed', 'cancelled'))
    from (
      select coalesce(sum(input_tokens), 0)::bigint as input, coalesce(sum(output_tokens), 0)::bigint as output,
        case when count(*) = count(cost_micros) then coalesce(sum(cost_micros), 0)::bigint end as cost
      from run_steps where organization_id = ${ctx.organizationId} and run_id = ${runId}
    ) s
    where q.organization_id = ${ctx.organizationId} and q.run_id = ${runId} and q.realised_at is null`);
}

/** What a run may use: the tokens of its quote less those of earlier attempts. Nothing for a run without a quote. */
export function selectCeilingOfRun(tx: Tx, organizationId: string, runId: string): Promise<Ceiling | undefined> {
  return tx.maybe(sql`
    select greatest(q.input_tokens - coalesce(sum(o.input_tokens), 0), 0)::bigint as input_tokens,
      greatest(q.output_tokens - coalesce(sum(o.output_tokens), 0), 0)::bigint as output_tokens
    from pricing_quote_runs r
      join pricing_quotes q on q.id = r.quote_id and q.organization_id = r.organization_id
      left join pricing_quote_runs o on o.quote_id = r.quote_id and o.run_id <> r.run_id
    where r.organization_id = ${organizationId} and r.run_id = ${runId}
    group by q.id`);
}

export function selectQuoteIdOfRun(
  tx: Tx,
  organizationId: string,
  runId: string,
): Promise<{ quoteId: string } | undefined> {
  return tx.maybe(sql`
    select quote_id from pricing_quote_runs where organization_id = ${organizationId} and run_id = ${runId}`);
}

/**
 * A run under a quote. Cost and tokens are null until it has ended, the cost also when nobody knows the price of a call, and
 * its status when the run itself was purged.
 */
export type Attempt = {
  runId: string;
  status: RunStatus | null;
  costMicros: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
  attachedAt: string;
};

/** The runs under a quote, newest first. */
export function selectAttempts(tx: Tx, organizationId: string, quoteId: string, limit: number): Promise<Attempt[]> {
  return tx.all(sql`
    select a.run_id, r.status, a.cost_micros, a.input_tokens, a.output_tokens, a.attached_at
    from pricing_quote_runs a left join runs r on r.id = a.run_id and r.organization_id = a.organization_id
    where a.organization_id = ${organizationId} and a.quote_id = ${quoteId}
    order by a.attached_at desc, a.run_id desc limit ${limit}`);
}

export type RealisedRow = {
  model: QuotedModel;
  segment: Segment;
  quotes: number;
  attempts: number;
  revenueCents: number;
  quotedMicros: number;
  actualMicros: number;
};

/**
 * Quotes whose work was done in the last `days` UTC days, by model and segment: price, quoted cost, cost of all attempts.
 * Without those of which some cost is unknown.
 */
export function selectRealised(tx: Tx, organizationId: string, days: number): Promise<RealisedRow[]> {
  return tx.all(sql`
    with done as (
      select quote_id from pricing_quote_runs
      where organization_id = ${organizationId} and holds_quote and realised_at >=
        (date_trunc('day', now() at time zone 'UTC') - make_interval(days => ${days}::int - 1)) at time zone 'UTC'
    ), costs as (
      select r.quote_id, count(*) as attempts, sum(r.cost_micros) as cost
      from pricing_quote_runs r join done using (quote_id) where r.realised_at is not null group by r.quote_id
      having count(*) = count(r.cost_micros)
    )
    select q.model, q.segment, count(*) as quotes, sum(c.attempts)::bigint as attempts,
      sum(q.price_cents)::bigint as revenue_cents, sum(q.internal_cost_micros)::bigint as quoted_micros,
      sum(c.cost)::bigint as actual_micros
    from costs c join pricing_quotes q on q.id = c.quote_id
    where q.organization_id = ${organizationId}
    group by q.model, q.segment order by q.model, q.segment`);
}

export type Percentiles = { runs: number; input: number[] | null; output: number[] | null };

/**
 * Tokens at the given shares (0.5 is the median) among the newest completed runs of a model and task type. The task type is
 * what a run's input says, else its kind.
 */
export function selectPercentiles(
  tx: Tx,
  organizationId: string,
  model: string,
  taskType: string,
  shares: readonly number[],
  { days, limit }: { days: number; limit: number },
): Promise<Percentiles> {
  return tx.one(sql`
    with newest as (
      select input_tokens, output_tokens from runs
      where organization_id = ${organizationId} and model = ${model} and status = 'completed'
        and created_at >= now() - make_interval(days => ${days}::int)
        and coalesce(input ->> 'task_type', kind) = ${taskType}
      order by created_at desc limit ${limit}
    )
    select count(*) as runs,
      array_to_json(percentile_disc(${[...shares]}::float8[]) within group (order by input_tokens)) as input,
      array_to_json(percentile_disc(${[...shares]}::float8[]) within group (order by output_tokens)) as output
    from newest`);
}
