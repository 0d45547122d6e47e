import type { Context } from "#lib/context";
import { accessOf } from "#lib/models/access";
import { describeModel, listModels } from "#lib/models/service";

/** A model as the dashboard offers it. Prices are millionths of a dollar per million tokens; null is unknown. */
export type ModelChoice = {
  id: string;
  provider: string;
  simulated: boolean;
  contextWindow: number | null;
  price: { input: number; output: number } | null;
};

/** The models that the organization can call now, real ones before simulated ones. */
export async function listChoices(ctx: Context): Promise<ModelChoice[]> {
  const access = await accessOf(ctx);
  const choices = (await listModels(ctx)).map((model) => ({
    id: model.name,
    provider: model.provider,
    simulated: describeModel(model, access).simulated ?? false,
    contextWindow: model.contextWindow,
    price: model.price,
  }));
  return choices.toSorted((left, right) => Number(left.simulated) - Number(right.simulated));
}
