import type { Context } from "#lib/context";
import type { Hold } from "#lib/ledger/schema";
import { costMicros, estimateTokens } from "#lib/models/catalogue";
import { type Charge, chargeMicros, chargeOf, closeUnrecorded, holdForCall, isMetered } from "#lib/models/metering";
import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";

/** Something a model may ask for while it answers. `parameters` is a JSON Schema of an object. */
export type ModelTool = {
  name: string;
  description: string;
  parameters: Record<string, unknown>;
  /** What the model is told. It throws only to end the whole call. */
  execute(given: unknown, signal: AbortSignal | undefined): Promise<string>;
};

/** A model with tools is asked so often at most; the last time it has to answer. */
export const toolTurnsMax = 8;

/** A guess at what tools add to each turn: their descriptions and what they say. */
const toolBytesPerTurn = 64 * 1024;

/** One question to one model. */
export type ModelCall = {
  candidate: Candidate;
  instructions?: string;
  messages: Message[];
  purpose?: "answer" | "evaluation";
  /** The simulator calls none of them. */
  tools?: ModelTool[];
  /** Ends the call when the caller has gone or the run was cancelled. */
  signal?: AbortSignal;
  /** At most MODEL_TIMEOUT_SECONDS, which is also the default. */
  timeoutMs?: number;
  /** The answer is cut after so many tokens; the provider decides unless said. */
  outputTokensMax?: number;
};

export type Answer = {
  text: string;
  model: string;
  provider: string;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  simulated: boolean;
  /** Of the organization's pool, when its credential was used. */
  accountId?: number | null;
  finishReason: string;
  /** What whoever records the call has to settle with it; null when nobody charges for it. */
  charge: Charge | null;
};

/** An answer that is paid with credits is no longer than this, so that no more has to be held for it. */
const meteredTokensMax = 8_192;

type Counted = { inputTokens: number | undefined; outputTokens: number | undefined };
/** What a provider or the simulator said, and what it counted of it. */
export type Spoken = { text: string; usage: Counted; finishReason: string };

function charactersOf(call: ModelCall): number {
  return call.messages.reduce((sum, message) => sum + message.content.length, call.instructions?.length ?? 0);
}

function usageOf(call: ModelCall, { text, usage }: Pick<Spoken, "text" | "usage">) {
  // Some local servers count nothing; a guess is better than a call that seems free.
  const inputTokens = usage.inputTokens ?? estimateTokens(charactersOf(call));
  const outputTokens = usage.outputTokens ?? estimateTokens(text.length);
  return {
    inputTokens,
    outputTokens,
    costMicros: costMicros(call.candidate.model.price, inputTokens, outputTokens),
  };
}

/** The answer that was given, with what it costs. */
export function answerOf(call: ModelCall, spoken: Spoken, startedAt: number, hold: Hold | null): Answer {
  const { model, provider } = call.candidate;
  const usage = usageOf(call, spoken);
  return {
    text: spoken.text,
    model: model.name,
    provider: model.provider,
    ...usage,
    latencyMs: Math.round(performance.now() - startedAt),
    simulated: provider === null,
    accountId: provider?.accountId ?? null,
    finishReason: spoken.finishReason,
    charge: chargeOf(hold, call.candidate, usage),
  };
}

/** How many tokens an answer may have at most; undefined leaves it to the provider. */
export function outputTokensMax({ candidate, outputTokensMax: asked }: ModelCall): number | undefined {
  const wanted = asked ?? Number.POSITIVE_INFINITY;
  const own = candidate.model.outputTokensMax ?? Number.POSITIVE_INFINITY;
  if (isMetered(candidate)) return Math.min(meteredTokensMax, own, wanted);
  return asked === undefined ? undefined : Math.min(own, wanted);
}

/** Holds what the call can cost at most; null when it is not metered. Throws `payment_required`. */
export function holdFor(ctx: Context, call: ModelCall): Promise<Hold | null> {
  const texts = [call.instructions ?? "", ...call.messages.map(({ content }) => content)];
  // What frames a message costs a few tokens as well.
  const sentBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 64, 0);
  // With tools everything is sent again each turn, with what the tools said until then.
  const turns = call.tools?.length ? toolTurnsMax : 1;
  const inputBytes = turns === 1 ? sentBytes : turns * (sentBytes + toolBytesPerTurn);
  const bounds = { inputBytes, pictures: 0, outputTokensMax: outputTokensMax(call), answers: turns };
  return holdForCall(ctx, call.candidate, bounds);
}

/** What was heard of an answer so far. */
export type Heard = { text: string };

/** Settles a call that was cut at what was heard of it; one that said nothing costs nothing. */
export function closeCut(call: ModelCall, held: Hold | null, { text }: Heard): Promise<void> {
  const usage = usageOf(call, { text, usage: { inputTokens: undefined, outputTokens: undefined } });
  return closeUnrecorded(held, held && text !== "" ? chargeMicros(call.candidate, usage) : 0);
}
