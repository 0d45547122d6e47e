import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { empty, join, type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { QuoteFigures } from "#lib/pricing/arithmetic";
import type { Variant } from "#lib/pricing/names";
import type { QuoteFilter } from "#lib/pricing/quotes/list-schema";

export type QuoteSource = "quote" | "batch" | "decision" | "scenario";

export type NewQuote = {
  id: string;
  figures: QuoteFigures;
  policyVersion: number;
  experimentId: string | null;
  variant: Variant | null;
};

export type QuoteRow = QuoteFigures & {
  id: string;
  source: QuoteSource;
  policyVersion: number;
  experimentId: string | null;
  variant: Variant | null;
  createdAt: string;
};

export const quoteColumns: Sql = sql`
  q.id, q.source, q.model, q.complexity, q.segment, q.delivery_type, q.input_tokens, q.output_tokens, q.internal_cost_micros,
  q.base_markup_bp, q.segment_adjustment_bp, q.final_markup_bp, q.price_cents, q.gross_margin_bp, q.minimum_margin_bp,
  q.policy_version, q.experiment_id, q.variant, q.created_at`;

/** Stores any number of quotes in one statement. */
export function insertQuotes(tx: Tx, ctx: Context, source: QuoteSource, quotes: readonly NewQuote[]): Promise<number> {
  const rows = quotes.map(({ figures, ...rest }) => ({ ...figures, ...rest }));
  return tx.run(sql`
    insert into pricing_quotes (id, organization_id, source, model, complexity, segment, delivery_type, input_tokens,
      output_tokens, internal_cost_micros, base_markup_bp, segment_adjustment_bp, final_markup_bp, price_cents,
      gross_margin_bp, minimum_margin_bp, policy_version, experiment_id, variant, api_key_id, user_id)
    select id, ${ctx.organizationId}::uuid, ${source}, model, complexity, segment, "deliveryType", "inputTokens",
      "outputTokens", "internalCostMicros", "baseMarkupBp", "segmentAdjustmentBp", "finalMarkupBp", "priceCents",
      "grossMarginBp", "minimumMarginBp", "policyVersion", "experimentId", variant, ${keyIdOf(ctx)}::uuid,
      ${userIdOf(ctx)}::uuid
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (id uuid, model text, complexity text, segment text,
      "deliveryType" text, "inputTokens" bigint, "outputTokens" bigint, "internalCostMicros" bigint, "baseMarkupBp" integer,
      "segmentAdjustmentBp" integer, "finalMarkupBp" integer, "priceCents" bigint, "grossMarginBp" bigint,
      "minimumMarginBp" integer, "policyVersion" integer, "experimentId" uuid, variant text)`);
}

function matching(organizationId: string, filter: QuoteFilter): Sql {
  const { model, segment, delivery_type, source, guardrail, from, to } = filter;
  const wanted = [
    sql`q.organization_id = ${organizationId}`,
    ...(model ? [sql`q.model = ${model}`] : []),
    ...(segment ? [sql`q.segment = ${segment}`] : []),
    ...(delivery_type ? [sql`q.delivery_type = ${delivery_type}`] : []),
    ...(source ? [sql`q.source = ${source}`] : []),
    ...(guardrail === "met" ? [sql`q.gross_margin_bp >= q.minimum_margin_bp`] : []),
    ...(guardrail === "missed" ? [sql`q.gross_margin_bp < q.minimum_margin_bp`] : []),
    ...(from ? [sql`q.created_at >= ${from}::date at time zone 'UTC'`] : []),
    ...(to ? [sql`q.created_at < (${to}::date + 1) at time zone 'UTC'`] : []),
  ];
  return join(wanted, " and ");
}

/** An organization's quotes of the filter, newest first. */
export function selectQuotes(
  tx: Tx,
  organizationId: string,
  { limit, offset }: Page,
  filter: QuoteFilter = {},
): Promise<QuoteRow[]> {
  return tx.all(sql`
    select ${quoteColumns} from pricing_quotes q
    where ${matching(organizationId, filter)}
    order by q.created_at desc, q.id desc limit ${limit} offset ${offset}`);
}

/** The next quotes of the filter after the one with this id, newest first; from the newest on without one. */
export function selectQuotesAfter(
  tx: Tx,
  organizationId: string,
  filter: QuoteFilter,
  id: string | undefined,
  limit: number,
): Promise<QuoteRow[]> {
  const after = sql`and (q.created_at, q.id) < (
    select created_at, id from pricing_quotes where organization_id = ${organizationId} and id = ${id})`;
  return tx.all(sql`
    select ${quoteColumns} from pricing_quotes q
    where ${matching(organizationId, filter)} ${id === undefined ? empty : after}
    order by q.created_at desc, q.id desc limit ${limit}`);
}

export function selectQuoteCount(tx: Tx, organizationId: string, filter: QuoteFilter = {}): Promise<{ total: number }> {
  return tx.one(sql`select count(*) as total from pricing_quotes q where ${matching(organizationId, filter)}`);
}

export function selectQuote(tx: Tx, organizationId: string, id: string): Promise<QuoteRow | undefined> {
  return tx.maybe(sql`
    select ${quoteColumns} from pricing_quotes q where q.organization_id = ${organizationId} and q.id = ${id}`);
}
