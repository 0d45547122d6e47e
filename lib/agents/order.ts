import type { Asked } from "#lib/agents/asked";
import { estimateMicros } from "#lib/agents/estimate";
import type { Spawn, SpawnTeam } from "#lib/agents/schema";
import { remainingOf } from "#lib/budgets/figures";
import { preferredMix } from "#lib/budgets/mix";
import { type Load, providerLoads } from "#lib/budgets/providers";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { invalid, rateLimited } from "#lib/errors";
import { accessOf } from "#lib/models/access";
import type { Model } from "#lib/models/catalogue";
import { findProvider, titleOf } from "#lib/models/providers";
import { getModel } from "#lib/models/service";
import { chooseModel } from "#lib/orchestrator/recommend";
import { schemaProblem } from "#lib/runtime/input-schema";
import { findTeamModel } from "#lib/teams/models";
import { findTeam } from "#lib/teams/service";

/** What is to be spawned, with everything decided that can be refused. Money in micro-dollars. */
export type Order = {
  asked: Asked;
  model: Model;
  team: string | null;
  models: string[];
  estimatedMicros: number;
  spawn: Omit<Spawn, "model">;
};

const roles: Record<string, readonly [role: string, duty: string][]> = {
  team_coding: [
    ["developer", "Plan the work and write the code that the task asks for."],
    ["reviewer", "Find what is wrong or missing in it, and say how to fix it."],
  ],
  team_creative: [
    ["author", "Write a first version that dares something."],
    ["editor", "Sharpen it: cut, reorder, and keep what is alive."],
  ],
  team_research: [
    ["researcher", "Collect what is known, and separate fact from guess."],
    ["analyst", "Weigh it, draw conclusions and name what speaks against them."],
  ],
  team_business: [
    ["analyst", "Work out the case: figures, options, risks."],
    ["adviser", "Say what to do, in which order, and what it depends on."],
  ],
};
const otherDuty = "Contribute what the others have not said yet, and correct what is wrong.";

function checkTools({ tools = [] }: Pick<Spawn, "tools">): void {
  for (const { name, parameters } of tools) {
    const problem = parameters && schemaProblem(parameters);
    if (problem) throw invalid([{ field: "tools", message: `tools.${name}.parameters cannot be used: ${problem}` }]);
  }
}

/** Providers that may be called no more in this hour, among those that real calls go to. */
async function usedUp(ctx: Context): Promise<Load[]> {
  const [access, loads] = await Promise.all([accessOf(ctx), providerLoads(ctx)]);
  return loads.filter(({ provider, remaining }) => remaining === 0 && findProvider(provider, access) !== undefined);
}

function refuseUsedUp(models: readonly Model[], full: readonly Load[]): void {
  const hit = full.find(({ provider }) => models.some((model) => model.provider === provider));
  if (!hit) return;
  const seconds = Math.max(1, Math.ceil((Date.parse(hit.resetAt) - Date.now()) / 1_000));
  throw rateLimited(seconds, `The ${hit.limit} calls to ${titleOf(hit.provider)} of this hour are used.`);
}

/** The model an agent gets: the one that was named, or what budget and limits advise (contract A3, A24). */
async function modelFor(ctx: Context, { model, priority }: Spawn, full: readonly Load[]): Promise<Model> {
  if (model) return getModel(model);
  const [budget, mix] = await Promise.all([getBudget(ctx), preferredMix(ctx)]);
  const busy = full.map(({ provider }) => provider as string);
  const wish = { taskType: "general", complexity: "medium", priority, estimatedTokens: 50_000 } as const;
  const isOpen = (name: string) => !busy.includes(getModel(name).provider);
  const bounds = { remainingMicros: remainingOf(budget), mix, isOpen };
  const chosen = chooseModel(wish, bounds).model;
  // The cheapest is all that is left, and it may not be called: somebody dearer may do it before nobody does.
  const instead = isOpen(chosen)
    ? chosen
    : (["sonnet", "opus"].find((name) => isOpen(name) && !mix.restricted.includes(name)) ?? chosen);
  return getModel(instead);
}

function askedOf({ task, tools, use_knowledge }: Omit<Spawn, "model">, members: Asked["members"]): Asked {
  return { task, members, tools, useKnowledge: use_knowledge };
}

/** Decides about an agent. Throws `validation` and, when its provider's hour is used up, `rate_limited`. */
export async function orderAgent(ctx: Context, spawn: Spawn): Promise<Order> {
  checkTools(spawn);
  const full = await usedUp(ctx);
  const model = await modelFor(ctx, spawn, full);
  refuseUsedUp([model], full);
  const asked = askedOf(spawn, [{ model: model.name, role: "agent", duty: "" }]);
  const estimatedMicros = estimateMicros(model, spawn.task);
  return { asked, model, team: null, models: [model.name], estimatedMicros, spawn };
}

/** Decides about a team: its members answer in turn. Throws `validation` for an unknown team. */
export async function orderTeam(ctx: Context, spawn: SpawnTeam): Promise<Order> {
  checkTools(spawn);
  const team = await findTeam(ctx, spawn.team);
  if (!team) throw invalid([{ field: "team", message: `Unknown team: ${spawn.team}` }]);
  const found = team.models.map(findTeamModel);
  const models = found.filter((model) => model !== undefined);
  const [model] = models;
  if (!model || models.length < found.length)
    throw invalid([{ field: "team", message: `${spawn.team} names a model that this instance no longer knows.` }]);
  refuseUsedUp(models, await usedUp(ctx));
  const members = models.map(({ name }, index) => {
    const [role, duty] = roles[team.team]?.[index] ?? [`member ${index + 1}`, otherDuty];
    return { model: name, role, duty };
  });
  const estimatedMicros = models.reduce((sum, one) => sum + estimateMicros(one, spawn.task), 0);
  return { asked: askedOf(spawn, members), model, team: team.team, models: team.models, estimatedMicros, spawn };
}
