import { remainingOf } from "#lib/budgets/figures";
import { preferredMix } from "#lib/budgets/mix";
import { providerLoads } from "#lib/budgets/providers";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { chooseModel } from "#lib/orchestrator/recommend";
import type { RateLimits, Recommendation, RecommendModel } from "#lib/orchestrator/schema";
import { microsToDollars } from "#lib/pricing/decimal";

/** The model that fits a task and what is left of the day's budget (contract A3). */
export async function recommendModel(ctx: Context, input: RecommendModel): Promise<Recommendation> {
  const [budget, mix] = await Promise.all([getBudget(ctx), preferredMix(ctx)]);
  const wish = {
    taskType: input.task_type.toLowerCase(),
    complexity: input.complexity,
    priority: input.priority,
    estimatedTokens: input.estimated_tokens,
  };
  const choice = chooseModel(wish, { remainingMicros: remainingOf(budget), mix });
  return {
    recommended_model: choice.model,
    budget_available: choice.isCovered,
    daily_budget: microsToDollars(budget.daily),
    today_spend: microsToDollars(budget.spent),
    budget_remaining: microsToDollars(remainingOf(budget)),
    estimated_cost: microsToDollars(choice.costMicros),
    reason: choice.reason,
  };
}

/** Calls to providers in this hour of the clock, under the names of document 004 (contract A24). */
export async function getRateLimits(ctx: Context): Promise<RateLimits> {
  const loads = await providerLoads(ctx);
  const limitOf = (name: string) => {
    const load = loads.find(({ provider }) => provider === name);
    if (!load) throw new Error(`${name} is not counted.`);
    const { used, limit, remaining, resetAt: reset_at } = load;
    return { used, limit, remaining, reset_at };
  };
  return { limits: { kimi: limitOf("kimi-coding"), anthropic: limitOf("anthropic") } };
}
