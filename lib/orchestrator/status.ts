import { type Budget, levelOf, remainingOf, utilizationOf } from "#lib/budgets/figures";
import { mixFor } from "#lib/budgets/mix";
import { type Load, providerLoads } from "#lib/budgets/providers";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { catalogue } from "#lib/models/catalogue";
import { listModels } from "#lib/models/service";
import { findAnomalies } from "#lib/orchestrator/anomalies";
import { type ModelUse, selectHourFigures, selectUse } from "#lib/orchestrator/queries";
import type { OrchestratorStatus } from "#lib/orchestrator/schema";
import { microsToDollars, quotient } from "#lib/pricing/decimal";
import { pricingStatus } from "#lib/pricing/service";

const topModels = 5;
const monthDays = 30;

/** What whoever is on duty should do, by budget level. */
const actions = {
  ok: "No action required",
  notice: "Watch today's spend: half of the daily budget is used",
  warning: "Prefer the cheaper models and put off low-priority work",
  critical: "Stop low-priority agents, or raise the daily budget",
} as const;

function spendOf({ model, tokens }: ModelUse): number {
  const price = catalogue.find(({ name }) => name === model)?.price?.input ?? 0;
  return quotient(Math.round((tokens * price) / 1_000_000), 1_000_000, 4);
}

function usageSummary(use: readonly ModelUse[]) {
  const top_models = use.slice(0, topModels).map((one) => ({
    ...one,
    avg_tokens_per_call: quotient(one.tokens, one.calls, 2),
    estimated_spend: spendOf(one),
  }));
  return { top_models, total_calls: use.reduce((sum, { calls }) => sum + calls, 0) };
}

/** Today's spend for thirty days against thirty days' budget (contract A2). */
export function forecastOf({ daily, spent }: Pick<Budget, "daily" | "spent">) {
  return {
    projected_spend: microsToDollars(spent * monthDays),
    budget_ceiling: microsToDollars(daily * monthDays),
    delta_to_budget: microsToDollars((daily - spent) * monthDays),
  };
}

function flags(budget: Budget, loads: readonly Load[]) {
  const level = levelOf(budget);
  const hot_providers = loads.filter(({ isHot }) => isHot).map(({ provider }) => provider as string);
  const isHot = hot_providers.length > 0;
  const spread = `Move work away from ${hot_providers.join(" and ")} until the hour ends`;
  return {
    budget_alert_level: level,
    max_provider_utilization_pct: Math.max(0, ...loads.map(({ utilizationPct }) => utilizationPct)),
    hot_providers,
    requires_ops_attention: level === "critical" || isHot,
    recommended_action: isHot ? (level === "ok" ? spread : `${actions[level]}. ${spread}`) : actions[level],
  };
}

const loadWire = ({ used, limit, remaining, utilizationPct }: Load) => ({
  current: used,
  hourly: limit,
  remaining,
  utilization_pct: utilizationPct,
});

/** Everything about an organization's operations in one document, all of it from what is stored (contract A2). */
export async function getOrchestratorStatus(ctx: Context): Promise<OrchestratorStatus> {
  const { organizationId } = ctx;
  const [budget, loads, use, hour, models, pricing] = await Promise.all([
    getBudget(ctx),
    providerLoads(ctx),
    selectUse(tenant(ctx), organizationId),
    selectHourFigures(tenant(ctx), organizationId),
    listModels(ctx),
    pricingStatus(ctx),
  ]);
  const operational = flags(budget, loads);
  const summary = usageSummary(use);
  const loadOf = (name: Load["provider"]) => loads.find(({ provider }) => provider === name);
  const [anthropic, kimi] = [loadOf("anthropic"), loadOf("kimi-coding")];
  if (!anthropic || !kimi) throw new Error("A provider of the status is not counted.");
  return {
    timestamp: new Date().toISOString(),
    models_active: models.length,
    usage_summary: summary,
    recent_usage: summary.total_calls,
    daily_budget: microsToDollars(budget.daily),
    today_spend: microsToDollars(budget.spent),
    simulated_spend: microsToDollars(budget.simulated),
    budget_reserved: microsToDollars(budget.reserved),
    budget_remaining: microsToDollars(remainingOf(budget)),
    budget_utilization_pct: utilizationOf(budget),
    budget_alert_level: operational.budget_alert_level,
    operational_flags: operational,
    model_mix_recommendation: mixFor(operational.budget_alert_level, operational.hot_providers),
    ...pricing,
    usage_anomalies: findAnomalies(use, hour),
    monthly_forecast: forecastOf(budget),
    provider_usage: { anthropic: loadWire(anthropic), "kimi-coding": loadWire(kimi) },
  };
}
