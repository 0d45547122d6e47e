import { env } from "#lib/env";
import { AppError, notFound, unavailable } from "#lib/errors";
import { catalogue, type Model, type ProviderName, providerNames } from "#lib/models/catalogue";
import { discoverModels } from "#lib/models/discovery";
import { isPayable } from "#lib/models/metering";
import { findProvider, isSimulatorOn, missingProvider, type Provider } from "#lib/models/providers";

/** A model and who answers for it: its provider, or the simulator when `provider` is null. */
export type Candidate = { model: Model; provider: Provider | null };

const byName = new Map<string, Model>();
for (const model of catalogue) {
  for (const name of [model.version, ...model.aliases, model.name]) byName.set(name, model);
}

/** A model that is known by its provider's id only. Ollama runs on the operator's own machine and costs nothing a call. */
function adHocModel(name: string, provider: ProviderName, version: string): Model {
  const isLocal = provider === "ollama";
  return {
    name,
    aliases: [],
    provider,
    version,
    specialties: ["general"],
    contextWindow: null,
    outputTokensMax: null,
    costPer1kTokens: isLocal ? 0 : null,
    price: isLocal ? { input: 0, output: 0 } : null,
  };
}

function isCompatibleModel(name: string): boolean {
  return findProvider("compatible") !== undefined && env().OPENAI_COMPATIBLE_MODELS.includes(name);
}

function findAdHocModel(name: string): Model | undefined {
  const slash = name.indexOf("/");
  const prefix = providerNames.find((provider) => provider === name.slice(0, slash));
  const version = name.slice(slash + 1);
  if (!prefix || version === "" || !findProvider(prefix)) return undefined;
  return adHocModel(name, prefix, version);
}

/**
 * The model of that name: one the operator listed for the compatible server, one of the catalogue by name, alias or
 * the provider's id, or `<provider>/<id>` of a configured provider. Throws `not_found`.
 */
export function getModel(name: string): Model {
  if (isCompatibleModel(name)) return adHocModel(name, "compatible", name);
  const model = byName.get(name) ?? findAdHocModel(name);
  if (!model) throw notFound(`Model '${name.slice(0, 200)}'`);
  return model;
}

/** Whether a call of this model can be answered at all, by its provider or by the simulator. */
export function isActive(model: Model): boolean {
  return findProvider(model.provider) !== undefined || isSimulatorOn();
}

/** Who answers for this model. Throws `unavailable` when neither its provider nor the simulator may. */
export function candidateOf(model: Model): Candidate {
  const provider = findProvider(model.provider) ?? null;
  if (!provider && !isSimulatorOn()) {
    throw unavailable(missingProvider(model.provider), { reason: "PROVIDER_NOT_CONFIGURED" });
  }
  return { model, provider };
}

async function ownModels(): Promise<Model[]> {
  const named = env().OPENAI_COMPATIBLE_MODELS.filter(isCompatibleModel);
  const models = named.map((name) => adHocModel(name, "compatible", name));
  for (const name of ["compatible", "ollama"] as const) {
    const provider = findProvider(name);
    if (!provider || (name === "compatible" && named.length > 0)) continue;
    for (const id of await discoverModels(provider)) models.push(adHocModel(`${name}/${id}`, name, id));
  }
  return models;
}

/** Every model that can be called by a name of its own: the catalogue, then what the operator's servers offer. */
export async function listModels(): Promise<Model[]> {
  const own = await ownModels();
  const taken = new Set(own.map((model) => model.name));
  return [...catalogue.filter((model) => !taken.has(model.name) && isActive(model)), ...own];
}

/**
 * Who may do Baton's own work, cheapest first: the models with a live provider, and only when there is none the
 * simulator's; where calls are charged, only those with a known price. Throws `unavailable` when nobody may.
 */
export async function listCandidates(): Promise<Candidate[]> {
  const all = (await listModels()).map(candidateOf).filter(isPayable);
  const live = all.filter((candidate) => candidate.provider !== null);
  const chosen = live.length > 0 ? live : all;
  if (chosen.length === 0) {
    throw new AppError("unavailable", "No model provider is configured on this instance.", {
      reason: "PROVIDER_NOT_CONFIGURED",
    });
  }
  const price = ({ model }: Candidate) =>
    model.price ? model.price.input + model.price.output : Number.POSITIVE_INFINITY;
  return chosen.toSorted((left, right) => price(left) - price(right));
}

// OpenAI's lists carry a time of creation; Baton's catalogue has one for all.
const catalogueCreated = 1_767_225_600;

/** A model as OpenAI's `/v1/models` shows it. */
export function describeModel(model: Model) {
  const isSimulated = !findProvider(model.provider);
  return {
    id: model.name,
    object: "model" as const,
    created: catalogueCreated,
    owned_by: model.provider,
    ...(isSimulated ? { simulated: true as const } : {}),
  };
}

/** The answer of `GET /v1/models`. */
export async function describeModels() {
  return { object: "list" as const, data: (await listModels()).map(describeModel) };
}

/** The answer of `GET /v1/models/<name>`; throws `not_found`. */
export function describeModelNamed(name: string) {
  return describeModel(getModel(name));
}
