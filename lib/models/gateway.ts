import { setTimeout as sleep } from "node:timers/promises";
import { generateText, type LanguageModel, streamText } from "ai";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { log } from "#lib/log";
import { costMicros, estimateTokens } from "#lib/models/catalogue";
import { gatewayError, isWorthARetry } from "#lib/models/gateway-errors";
import { languageModel } from "#lib/models/language-model";
import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import { generateSimulated, type Prompt, type Simulated, streamSimulated } from "#lib/models/simulator";

/** One question to one model. */
export type ModelCall = {
  candidate: Candidate;
  instructions?: string;
  messages: Message[];
  purpose?: "answer" | "evaluation";
  /** Ends the call when the caller has gone or the run was cancelled. */
  signal?: AbortSignal;
  /** At most MODEL_TIMEOUT_SECONDS, which is also the default. */
  timeoutMs?: number;
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
  finishReason: string;
};

type Usage = { inputTokens: number | undefined; outputTokens: number | undefined };
type Spoken = { text: string; usage: Usage; finishReason: string };

function charactersOf(call: ModelCall): number {
  return call.messages.reduce((sum, message) => sum + message.content.length, call.instructions?.length ?? 0);
}

function answerOf(call: ModelCall, spoken: Spoken, startedAt: number): Answer {
  const { model, provider } = call.candidate;
  // Some local servers count nothing; a guess is better than a call that seems free.
  const inputTokens = spoken.usage.inputTokens ?? estimateTokens(charactersOf(call));
  const outputTokens = spoken.usage.outputTokens ?? estimateTokens(spoken.text.length);
  return {
    text: spoken.text,
    model: model.name,
    provider: model.provider,
    inputTokens,
    outputTokens,
    costMicros: costMicros(model.price, inputTokens, outputTokens),
    latencyMs: Math.round(performance.now() - startedAt),
    simulated: provider === null,
    finishReason: spoken.finishReason,
  };
}

function promptOf(call: ModelCall): Prompt {
  const instructions = call.instructions ? [{ role: "system", content: call.instructions }] : [];
  return {
    model: call.candidate.model.name,
    messages: [...instructions, ...call.messages],
    ...(call.purpose ? { purpose: call.purpose } : {}),
  };
}

function spokenBySimulator({ text, finishReason, ...usage }: Simulated): Spoken {
  return { text, usage, finishReason };
}

/** Aborts with the caller's signal or at the deadline, whichever comes first. */
function limits(call: ModelCall): { deadline: AbortSignal; signal: AbortSignal } {
  const timeoutMs = Math.min(call.timeoutMs ?? Number.POSITIVE_INFINITY, env().MODEL_TIMEOUT_SECONDS * 1_000);
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
  return { deadline, signal: call.signal ? AbortSignal.any([call.signal, deadline]) : deadline };
}

function request(call: ModelCall, model: LanguageModel, signal: AbortSignal) {
  return {
    model,
    messages: call.messages,
    abortSignal: signal,
    ...(call.instructions ? { instructions: call.instructions } : {}),
  };
}

async function ask(ctx: Context, call: ModelCall, model: LanguageModel, signal: AbortSignal): Promise<Spoken> {
  const attempt = () => generateText({ ...request(call, model, signal), maxRetries: 0 });
  const result = await attempt().catch(async (error: unknown) => {
    if (!isWorthARetry(error)) throw error;
    log.warn({ requestId: ctx.requestId, model: call.candidate.model.name }, "model call failed, trying once more");
    await sleep(300 + Math.random() * 300, undefined, { signal });
    return attempt();
  });
  return { text: result.text, usage: result.usage, finishReason: result.finishReason };
}

/**
 * Asks a model and waits for the whole answer. A passing failure of the provider is tried once more. Throws
 * `unavailable`, `timeout` or `validation`, or the reason of `call.signal` when that aborted.
 */
export async function generate(ctx: Context, call: ModelCall): Promise<Answer> {
  const startedAt = performance.now();
  const { provider, model } = call.candidate;
  const { deadline, signal } = limits(call);
  try {
    const spoken = provider
      ? await ask(ctx, call, languageModel(provider, model.version), signal)
      : spokenBySimulator(await generateSimulated(promptOf(call), signal));
    return answerOf(call, spoken, startedAt);
  } catch (error) {
    throw gatewayError(call.candidate, error, { caller: call.signal, deadline });
  }
}

async function* listen(call: ModelCall, model: LanguageModel, signal: AbortSignal): AsyncGenerator<string, Spoken> {
  const result = streamText({ ...request(call, model, signal), maxRetries: 1, onError: () => undefined });
  let text = "";
  let spoken: Spoken | undefined;
  for await (const part of result.stream) {
    if (part.type === "error") throw part.error;
    if (part.type === "abort") throw signal.reason;
    if (part.type === "finish") spoken = { text, usage: part.totalUsage, finishReason: part.finishReason };
    if (part.type !== "text-delta") continue;
    text += part.text;
    yield part.text;
  }
  if (!spoken)
    throw new AppError("unavailable", "The stream of the model ended too early.", { reason: "PROVIDER_ERROR" });
  return spoken;
}

/** Like `generate`, but yields the text piece by piece; the whole answer is what the generator returns. */
export async function* stream(_ctx: Context, call: ModelCall): AsyncGenerator<string, Answer> {
  const startedAt = performance.now();
  const { provider, model } = call.candidate;
  const { deadline, signal } = limits(call);
  try {
    const spoken = provider
      ? yield* listen(call, languageModel(provider, model.version), signal)
      : spokenBySimulator(yield* streamSimulated(promptOf(call), signal));
    return answerOf(call, spoken, startedAt);
  } catch (error) {
    throw gatewayError(call.candidate, error, { caller: call.signal, deadline });
  }
}
