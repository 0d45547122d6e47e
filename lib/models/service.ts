import { env } from "#lib/env";
import { AppError, notFound, unavailable } from "#lib/errors";
import type { Tenant } from "#lib/ledger/schema";
import { accessOf } from "#lib/models/access";
import { catalogue, type Model, type ProviderName, providerNames } from "#lib/models/catalogue";
import { discoverModels } from "#lib/models/discovery";
import { isPayable } from "#lib/models/metering";
import {
  type Access,
  findProvider,
  isSimulatorOn,
  missingProvider,
  operatorAccess,
  type Provider,
} from "#lib/models/providers";

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

function isCompatibleModel(name: string, access: Access): boolean {
  const provider = findProvider("compatible", access);
  // The operator's list is about the operator's server.
  return provider !== undefined && !provider.isOwn && env().OPENAI_COMPATIBLE_MODELS.includes(name);
}

function findAdHocModel(name: string, access: Access): Model | undefined {
  const slash = name.indexOf("/");
  const prefix = providerNames.find((provider) => provider === name.slice(0, slash));
  const version = name.slice(slash + 1);
  if (!prefix || version === "" || !findProvider(prefix, access)) return undefined;
  return adHocModel(name, prefix, version);
}

/**
 * The model of that name: one the operator listed for the compatible server, one of the catalogue by name, alias or
 * the provider's id, or `<provider>/<id>` of a configured provider. Throws `not_found`.
 */
export function getModel(name: string, access = operatorAccess): Model {
  if (isCompatibleModel(name, access)) return adHocModel(name, "compatible", name);
  const model = byName.get(name) ?? findAdHocModel(name, access);
  if (!model) throw notFound(`Model '${name.slice(0, 200)}'`);
  return model;
}

/** Whether a call of this model can be answered at all, by its provider or by the simulator. */
export function isActive(model: Model, access = operatorAccess): boolean {
  return findProvider(model.provider, access) !== undefined || isSimulatorOn();
}

/** Who answers for this model. Throws `unavailable` when neither its provider nor the simulator may. */
export function candidateOf(model: Model, access = operatorAccess): Candidate {
  const provider = findProvider(model.provider, access) ?? null;
  if (!provider && !isSimulatorOn()) {
    throw unavailable(missingProvider(model.provider), { reason: "PROVIDER_NOT_CONFIGURED" });
  }
  return { model, provider };
}

/** The model of that name with who answers for it to this organization. Throws `not_found` and `unavailable`. */
export async function findCandidate(name: string, tenant: Tenant): Promise<Candidate> {
  const access = await accessOf(tenant);
  return candidateOf(getModel(name, access), access);
}

async function serverModels(access: Access): Promise<Model[]> {
  const named = env().OPENAI_COMPATIBLE_MODELS.filter((name) => isCompatibleModel(name, access));
  const models = named.map((name) => adHocModel(name, "compatible", name));
  for (const name of ["compatible", "ollama"] as const) {
    const provider = findProvider(name, access);
    if (!provider || (name === "compatible" && named.length > 0)) continue;
    for (const id of await discoverModels(provider)) models.push(adHocModel(`${name}/${id}`, name, id));
  }
  return models;
}

async function modelsOf(access: Access): Promise<Model[]> {
  const served = await serverModels(access);
  const taken = new Set(served.map((model) => model.name));
  return [...catalogue.filter((model) => !taken.has(model.name) && isActive(model, access)), ...served];
}

const accessFor = async (tenant: Tenant | undefined) => (tenant ? accessOf(tenant) : operatorAccess);

/**
 * Every model that can be called by a name of its own: the catalogue, then what the operator's and, with `tenant`, the
 * organization's own servers offer.
 */
export async function listModels(tenant?: Tenant): Promise<Model[]> {
  return modelsOf(await accessFor(tenant));
}

/**
 * Who may do Baton's own work for an organization (or with the operator's keys alone), cheapest first: the models with a
 * live provider, and only when there is none the simulator's; where calls are charged, only those with a known price.
 * Throws `unavailable` when nobody may.
 */
export async function listCandidates(tenant?: Tenant): Promise<Candidate[]> {
  const access = await accessFor(tenant);
  const all = (await modelsOf(access)).map((model) => candidateOf(model, access)).filter(isPayable);
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
export const catalogueCreated = 1_767_225_600;

/** A model as OpenAI's `/v1/models` shows it. */
export function describeModel(model: Model, access = operatorAccess) {
  const isSimulated = !findProvider(model.provider, access);
  return {
    id: model.name,
    object: "model" as const,
    created: catalogueCreated,
    owned_by: model.provider as string,
    ...(isSimulated ? { simulated: true as const } : {}),
  };
}
