import type { Context } from "#lib/context";
import { accessOf } from "#lib/models/access";
import { catalogue, type Model } from "#lib/models/catalogue";
import { type ProviderHealth, providerHealth } from "#lib/models/provider-health";
import { findProvider, isSimulatorOn, titleOf } from "#lib/models/providers";
import { listModels } from "#lib/models/service";

export type ShownModel = Model & {
  title: string;
  state: "active" | "simulated" | "inactive";
  /** How its provider does; null when there is none to ask. */
  health: ProviderHealth | null;
};

/** Every model that is known here, with who answers for it to this organization. */
export async function readModels(ctx: Context): Promise<ShownModel[]> {
  const [access, callable] = await Promise.all([accessOf(ctx), listModels(ctx)]);
  const names = new Set(callable.map(({ name }) => name));
  const all = [...callable, ...catalogue.filter(({ name }) => !names.has(name))];
  return all.map((model) => {
    const provider = findProvider(model.provider, access);
    const [health = null] = provider ? providerHealth([provider]) : [];
    const state = provider ? "active" : isSimulatorOn() ? "simulated" : "inactive";
    return { ...model, title: titleOf(model.provider), state, health };
  });
}
