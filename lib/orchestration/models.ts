import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { accessOf } from "#lib/models/access";
import { catalogue, type Model } from "#lib/models/catalogue";
import { getModel, isActive, listModels } from "#lib/models/service";
import { derivedOid } from "#lib/orchestration/oid";
import { type ModelScoreRow, selectModelScores, selectModelStats } from "#lib/orchestration/score-queries";
import { dollars, naive } from "#lib/orchestration/serialize";
import type { ModelWithStats, OrchestrationModel } from "#lib/orchestration/view-schema";

/** The catalogue is part of the program: all its models are as old as its first version. */
const catalogueTime = naive("2026-01-01T00:00:00.000Z");

function modelDocument(model: Model, active: boolean): OrchestrationModel {
  return {
    _id: derivedOid(`model:${model.name}`),
    name: model.name,
    provider: model.provider,
    version: model.version,
    specialties: [...model.specialties],
    cost_per_1k_tokens: model.costPer1kTokens,
    context_window: model.contextWindow,
    status: active ? "active" : "inactive",
    created_at: catalogueTime,
    updated_at: catalogueTime,
  };
}

/** X10. The whole catalogue, then what this instance's and the organization's own servers offer. */
export async function listModelDocuments(ctx: Context): Promise<OrchestrationModel[]> {
  const access = await accessOf(ctx);
  const callable = await listModels(ctx);
  const names = new Set(callable.map(({ name }) => name));
  const known = new Set(catalogue.map(({ name }) => name));
  return [
    ...catalogue.map((model) => modelDocument(model, names.has(model.name) || isActive(model, access))),
    ...callable.filter(({ name }) => !known.has(name)).map((model) => modelDocument(model, true)),
  ];
}

const rounded = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);

/** X11. A model by name or alias, and what it did for the organization. Throws `not_found`. */
export async function getModelDocument(ctx: Context, name: string): Promise<ModelWithStats> {
  const access = await accessOf(ctx);
  const model = getModel(name, access);
  const { calls, tokens, micros, average } = await selectModelStats(tenant(ctx), ctx, model.name);
  const stats = {
    total_calls: calls,
    total_tokens: tokens,
    average_score: rounded(average),
    total_cost: dollars(micros),
  };
  return { ...modelDocument(model, isActive(model, access)), stats };
}

/** How the organization's own orchestrations judged each model in each domain, the best of a domain first. */
export function listModelScores(ctx: Context, domain?: string): Promise<ModelScoreRow[]> {
  return selectModelScores(tenant(ctx), ctx, domain);
}
