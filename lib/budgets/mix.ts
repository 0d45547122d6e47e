import { type Level, levelOf } from "#lib/budgets/figures";
import { providerLoads } from "#lib/budgets/providers";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { catalogue } from "#lib/models/catalogue";
import type { Candidate } from "#lib/models/service";

/** Which models to use at the moment, and which to keep away from. */
export type Mix = { strategy: string; primary: string[]; secondary: string[]; restricted: string[]; reason: string };

const advice: Record<Level, Mix> = {
  ok: {
    strategy: "balanced",
    primary: ["k2p5", "sonnet"],
    secondary: ["codex"],
    restricted: [],
    reason: "Normal operating range",
  },
  notice: {
    strategy: "balanced",
    primary: ["k2p5", "sonnet"],
    secondary: ["codex"],
    restricted: [],
    reason: "Normal operating range",
  },
  warning: {
    strategy: "cost_optimized",
    primary: ["k2p5"],
    secondary: ["sonnet"],
    restricted: ["opus"],
    reason: "Most of today's budget is spent: prefer the cheaper models",
  },
  critical: {
    strategy: "budget_protect",
    primary: ["k2p5"],
    secondary: [],
    restricted: ["sonnet", "opus"],
    reason: "Today's budget is almost spent: only the cheapest model is advised",
  },
};

/** The advice for a budget level; models of hot providers move to `restricted`. */
export function mixFor(level: Level, hotProviders: readonly string[]): Mix {
  const base = advice[level];
  if (hotProviders.length === 0) return base;
  const isHot = (name: string) =>
    hotProviders.some((hot) => catalogue.find((model) => model.name === name)?.provider === hot);
  const advised = [...base.primary, ...base.secondary, ...base.restricted];
  const reason = `${base.reason}; close to the hourly limit of ${hotProviders.join(" and ")}`;
  return {
    ...base,
    primary: base.primary.filter((name) => !isHot(name)),
    secondary: base.secondary.filter((name) => !isHot(name)),
    restricted: [...new Set([...base.restricted, ...advised.filter(isHot)])],
    reason,
  };
}

/** What an organization's budget and its providers' limits advise now (contract A2). */
export async function preferredMix(ctx: Context): Promise<Mix> {
  const [budget, loads] = await Promise.all([getBudget(ctx), providerLoads(ctx)]);
  const hot = loads.filter(({ isHot }) => isHot).map(({ provider }) => provider);
  return mixFor(levelOf(budget), hot);
}

/** The candidates that the advice does not keep away from; all of them when there would be none left. */
export function advisable(candidates: readonly Candidate[], { restricted }: Mix): readonly Candidate[] {
  const advised = candidates.filter(({ model }) => !restricted.includes(model.name));
  return advised.length > 0 ? advised : candidates;
}
