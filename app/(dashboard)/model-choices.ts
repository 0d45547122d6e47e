import { describeModel, listModels } from "#lib/models/service";

/** A model as the dashboard offers it. Prices are millionths of a dollar per million tokens; null is unknown. */
export type ModelChoice = {
  id: string;
  provider: string;
  simulated: boolean;
  contextWindow: number | null;
  price: { input: number; output: number } | null;
};

/** The models that can be called now, real ones before simulated ones. */
export async function listChoices(): Promise<ModelChoice[]> {
  const choices = (await listModels()).map((model) => ({
    id: model.name,
    provider: model.provider,
    simulated: describeModel(model).simulated ?? false,
    contextWindow: model.contextWindow,
    price: model.price,
  }));
  return choices.toSorted((left, right) => Number(left.simulated) - Number(right.simulated));
}
