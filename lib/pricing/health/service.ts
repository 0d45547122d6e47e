import type { Context } from "#lib/context";
import { type Tx, tenant } from "#lib/db/transaction";
import { priceQuote, type QuoteRequest } from "#lib/pricing/arithmetic";
import { microsToDollars, quotient } from "#lib/pricing/decimal";
import { dailyBudgetMicros, utilization } from "#lib/pricing/health/budget";
import { type ModelSpend, selectTasksToday, selectTodayByModel } from "#lib/pricing/health/queries";
import { type Segment, segments } from "#lib/pricing/names";
import { type Policy, policyWire } from "#lib/pricing/policy/figures";
import { currentPolicy } from "#lib/pricing/policy/service";
import type { Quote } from "#lib/pricing/quotes/schema";
import { guardrailWire, quoteWire } from "#lib/pricing/quotes/wire";

const warningPercent = 80;

/** The samples of A4: what a price list looks like in each segment. */
const samples: Record<Segment, Omit<QuoteRequest, "segment" | "deliveryType">> = {
  mid_market: { model: "k2p5", complexity: "medium", inputTokens: 1_000, outputTokens: 500 },
  enterprise: { model: "sonnet", complexity: "high", inputTokens: 3_000, outputTokens: 1_200 },
  smb: { model: "k2p5", complexity: "low", inputTokens: 2_000, outputTokens: 1_000 },
  startup: { model: "k2p5", complexity: "low", inputTokens: 2_000, outputTokens: 1_000 },
};
/** The sample of A6, the same in each segment. */
const reported = { model: "k2p5", complexity: "medium", inputTokens: 1_200, outputTokens: 800 } as const;

const inSegments = (make: (segment: Segment) => Quote) =>
  Object.fromEntries(segments.map((segment) => [segment, make(segment)])) as Record<Segment, Quote>;

function sample(policy: Policy, segment: Segment, request: Omit<QuoteRequest, "segment" | "deliveryType">) {
  return priceQuote(policy, { ...request, segment, deliveryType: "task" });
}

/** The policy in force with a sample quote in each segment (contract A4). */
export async function getPricingStatus(ctx: Context) {
  const policy = await currentPolicy(tenant(ctx), ctx);
  return {
    success: true,
    pricing_policy: policyWire(policy),
    example_quotes: inSegments((segment) => quoteWire(sample(policy, segment, samples[segment]))),
    guardrail_check: guardrailWire(sample(policy, "mid_market", samples.mid_market)),
  };
}

type Figures = { costMicros: number; budgetMicros: number; tasks: number };

/** In cost per task the floor counts: above it even the cheapest sale loses money. */
function judge({ costMicros, budgetMicros, tasks }: Figures, minimumPriceCents: number) {
  const floorMicros = minimumPriceCents * 10_000;
  const isOver = costMicros > 0 && costMicros >= budgetMicros;
  const isNear = costMicros * 100 > budgetMicros * warningPercent;
  const isDear = tasks > 0 && costMicros > floorMicros * tasks;
  const cost = `$${microsToDollars(costMicros)} of the daily budget of $${microsToDollars(budgetMicros)}`;
  const perTask = quotient(costMicros, tasks * 1_000_000, 4);
  const issues = [
    ...(isOver ? [`Models have cost ${cost} today: the budget is used up.`] : []),
    ...(isNear && !isOver ? [`Models have cost ${cost} today: more than ${warningPercent}% is used.`] : []),
    ...(isDear
      ? [`A task costs $${perTask} on average, more than the minimum price of $${minimumPriceCents / 100}.`]
      : []),
  ];
  const status = isOver ? "critical" : issues.length > 0 ? "warning" : "healthy";
  return { status, issues } as const;
}

function modelsWire(rows: readonly ModelSpend[]) {
  const entries = rows.map(({ model, calls, costMicros }) => {
    const avg_per_call = quotient(costMicros, calls * 1_000_000, 4);
    return [model, { cost: microsToDollars(costMicros), calls, avg_per_call }] as const;
  });
  return Object.fromEntries(entries);
}

async function healthOf(tx: Tx, ctx: Context, policy: Policy) {
  const [rows, { completed: tasks }, budgetMicros] = await Promise.all([
    selectTodayByModel(tx, ctx.organizationId),
    selectTasksToday(tx, ctx.organizationId),
    dailyBudgetMicros(ctx, tx),
  ]);
  const costMicros = rows.reduce((sum, row) => sum + row.costMicros, 0);
  const { status, issues } = judge({ costMicros, budgetMicros, tasks }, policy.minimumPriceCents);
  return {
    health: {
      status,
      daily_cost: microsToDollars(costMicros),
      daily_budget: microsToDollars(budgetMicros),
      budget_utilization_pct: utilization({ spendMicros: costMicros, budgetMicros }, 1),
      tasks_completed: tasks,
      avg_cost_per_task: quotient(costMicros, tasks * 1_000_000, 4),
      issues,
    },
    by_model: modelsWire(rows),
  };
}

/** What today's work has cost against the budget, in all and by model (contract A5). */
export async function getPricingHealth(ctx: Context) {
  const { health, by_model } = await healthOf(tenant(ctx), ctx, await currentPolicy(tenant(ctx), ctx));
  return { success: true, health: { ...health, by_model } };
}

/** The day in one document: health, models, sample quotes and policy (contract A6). */
export async function getPricingReport(ctx: Context) {
  const policy = await currentPolicy(tenant(ctx), ctx);
  const { health, by_model } = await healthOf(tenant(ctx), ctx, policy);
  const report = {
    generated_at: new Date().toISOString(),
    period: "daily",
    health,
    by_model,
    sample_quotes_by_segment: inSegments((segment) => quoteWire(sample(policy, segment, reported))),
    pricing_policy: policyWire(policy),
  };
  return { success: true, report };
}
