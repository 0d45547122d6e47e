import { advisable, preferredMix } from "#lib/budgets/mix";
import { choose } from "#lib/completions/auto";
import { type Ask, answerChain } from "#lib/completions/chain";
import { type Options, optionsOf } from "#lib/completions/options";
import { answerOrchestrated } from "#lib/completions/orchestrated";
import { autoModel, isOwnName, ownModelNames } from "#lib/completions/own-models";
import type { Context } from "#lib/context";
import { invalid, notFound } from "#lib/errors";
import { accessOf } from "#lib/models/access";
import { boundsOf } from "#lib/models/metering-bounds";
import { openaiWire } from "#lib/models/openai-wire";
import type { ChatCompletionRequest, ListedModel } from "#lib/models/schema";
import {
  type Candidate,
  catalogueCreated,
  describeModel,
  findCandidate,
  getModel,
  listCandidates,
  listModels,
} from "#lib/models/service";

export type Sent<B = ChatCompletionRequest> = {
  body: B;
  /** The body exactly as it was sent, which is what the provider gets. */
  rawBody: string;
  headers: Headers;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
};

/** Whether a request names an orchestration, which answers alone. Throws `validation` for one among other models. */
export function isOrchestrated({ names }: Options): boolean {
  const own = names.filter((name) => isOwnName(name) && name !== autoModel);
  if (own.length > 0 && names.length > 1) {
    const message = `'${own[0]?.slice(0, 200)}' cannot be one of several models. Name it alone.`;
    throw invalid([{ field: "models", message }]);
  }
  return own.length > 0;
}

/** Who may answer, in the order in which they are asked. Throws `not_found` for an unknown model. */
export async function candidatesOf(
  ctx: Context,
  { names }: Options,
  body: ChatCompletionRequest,
): Promise<Candidate[]> {
  const found = await Promise.all(
    names.map(async (name) =>
      name === autoModel
        ? choose(advisable(await listCandidates(ctx), await preferredMix(ctx)), body)
        : [await findCandidate(name, ctx)],
    ),
  );
  // `baton/auto` may choose what is named beside it.
  return [...new Map(found.flat().map((candidate) => [candidate.model.name, candidate])).values()];
}

/** How a candidate is asked in OpenAI's protocol. */
export function openaiAsk(candidate: Candidate, body: ChatCompletionRequest, rawBody: string): Ask {
  // A name that stands for others is no part of the text that can be cut out of it.
  return { candidate, wire: openaiWire, protocol: "openai", body, rawBody, bounds: boundsOf(body, rawBody) };
}

/**
 * Answers a chat completion: passed on to the model's provider, to the next of its chain when that fails, from the
 * organization's cache, or by one of Baton's orchestrations. A call that is passed on keeps neither prompt nor answer; it is
 * held for before it is made and charged with its record. Throws `not_found` for an unknown model, `payment_required`,
 * `unavailable`, `timeout` and `rate_limited`.
 */
export async function createCompletion(ctx: Context, { body, rawBody, headers, signal }: Sent): Promise<Response> {
  const options = optionsOf(body, headers);
  if (isOrchestrated(options)) return answerOrchestrated(ctx, body, signal);
  const candidates = await candidatesOf(ctx, options, body);
  const asks = candidates.map((candidate) => openaiAsk(candidate, body, rawBody));
  return answerChain(ctx, { asks, cacheSeconds: options.cacheSeconds, signal });
}

const ownDescription = (id: string): ListedModel => ({
  id,
  object: "model",
  created: catalogueCreated,
  owned_by: "baton",
});

/** The answer of `GET /v1/models`: the models an organization can call, then Baton's own. */
export async function describeModels(ctx: Context) {
  const access = await accessOf(ctx);
  const models = (await listModels(ctx)).map((model) => describeModel(model, access));
  return { object: "list" as const, data: [...models, ...ownModelNames.map(ownDescription)] };
}

/** The answer of `GET /v1/models/<name>`; throws `not_found`. */
export async function describeModelNamed(ctx: Context, name: string): Promise<ListedModel> {
  if (ownModelNames.includes(name)) return ownDescription(name);
  if (isOwnName(name)) throw notFound(`Model '${name.slice(0, 200)}'`);
  const access = await accessOf(ctx);
  return describeModel(getModel(name, access), access);
}
