import { tokensOf } from "#lib/agents/estimate";
import { type AgentPriority, agentModels, agentPriorities } from "#lib/agents/fields";
import type { Budget } from "#lib/budgets/figures";
import { remainingOf } from "#lib/budgets/figures";
import { preferredMix } from "#lib/budgets/mix";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { getModel } from "#lib/models/service";
import { chooseModel } from "#lib/orchestrator/recommend";
import { listQuoteChoices, type QuoteChoice } from "../../quote-choices";

/** What somebody should know before he spawns something. Money in micro-dollars, prices per million input tokens. */
export type SpawnFacts = {
  budget: Budget;
  models: { name: string; inputPrice: number }[];
  /** What Baton would take now, by priority. */
  automatic: Record<AgentPriority, { model: string; reason: string }>;
  quotes: QuoteChoice[];
};

/** Reads what the form for a spawn shows: budget, prices, what Baton would choose, and the newest quotes. */
export async function readSpawnFacts(ctx: Context): Promise<SpawnFacts> {
  const [budget, mix, quotes] = await Promise.all([getBudget(ctx), preferredMix(ctx), listQuoteChoices(ctx)]);
  const choose = (priority: AgentPriority) => {
    const wish = { taskType: "general", complexity: "medium", priority, estimatedTokens: tokensOf("") } as const;
    const { model, reason } = chooseModel(wish, { remainingMicros: remainingOf(budget), mix });
    return { model, reason };
  };
  return {
    budget,
    models: agentModels.map((name) => ({ name, inputPrice: getModel(name).price?.input ?? 0 })),
    automatic: Object.fromEntries(agentPriorities.map((one) => [one, choose(one)])) as SpawnFacts["automatic"],
    quotes,
  };
}
