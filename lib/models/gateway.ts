import { dynamicTool, generateText, isStepCount, jsonSchema, type LanguageModel, streamText } from "ai";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { attempts, lastOf } from "#lib/models/attempts";
import { gatewayError } from "#lib/models/gateway-errors";
import { languageModel } from "#lib/models/language-model";
import { closeUnrecorded } from "#lib/models/metering";
import {
  type Answer,
  answerOf,
  closeCut,
  type Heard,
  holdFor,
  type ModelCall,
  outputTokensMax,
  type Spoken,
  toolTurnsMax,
} from "#lib/models/model-call";
import { generateSimulated, type Prompt, type Simulated, streamSimulated } from "#lib/models/simulator";

function promptOf(call: ModelCall): Prompt {
  const instructions = call.instructions ? [{ role: "system", content: call.instructions }] : [];
  return {
    model: call.candidate.model.name,
    messages: [...instructions, ...call.messages],
    ...(call.purpose ? { purpose: call.purpose } : {}),
    ...(call.outputTokensMax === undefined ? {} : { outputTokensMax: call.outputTokensMax }),
  };
}

function spokenBySimulator({ text, finishReason, ...usage }: Simulated): Spoken {
  return { text, usage, finishReason };
}

/** `signal` aborts with the caller's signal or at the deadline, whichever comes first; `endsAt` is on Date.now's clock. */
type Bounds = { deadline: AbortSignal; signal: AbortSignal; endsAt: number };

function boundsFor(call: ModelCall): Bounds {
  const limitMs = Math.min(call.timeoutMs ?? Number.POSITIVE_INFINITY, env().MODEL_TIMEOUT_SECONDS * 1_000);
  const timeoutMs = Math.max(1, Math.ceil(limitMs));
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = call.signal ? AbortSignal.any([call.signal, deadline]) : deadline;
  return { deadline, signal, endsAt: Date.now() + timeoutMs };
}

function request(call: ModelCall, model: LanguageModel, signal: AbortSignal) {
  const maxOutputTokens = outputTokensMax(call);
  return {
    model,
    messages: call.messages,
    abortSignal: signal,
    ...(call.instructions ? { instructions: call.instructions } : {}),
    ...(maxOutputTokens ? { maxOutputTokens } : {}),
  };
}

/** The model asks, Baton does, the model goes on: until it answers, or must. */
function withTools({ tools = [] }: ModelCall) {
  const offered = tools.map(({ name, description, parameters, execute }) => [
    name,
    dynamicTool({
      description,
      inputSchema: jsonSchema(parameters),
      execute: (given, { abortSignal }) => execute(given, abortSignal),
    }),
  ]);
  return {
    tools: Object.fromEntries(offered),
    stopWhen: isStepCount(toolTurnsMax),
    prepareStep: ({ stepNumber }: { stepNumber: number }) =>
      stepNumber === toolTurnsMax - 1 ? { toolChoice: "none" as const } : undefined,
  };
}

async function ask(call: ModelCall, model: LanguageModel, signal: AbortSignal): Promise<Spoken> {
  // With tools each turn is tried again by itself: what a tool did must not be done twice.
  const more = call.tools?.length ? { ...withTools(call), maxRetries: env().MODEL_RETRIES } : { maxRetries: 0 };
  const result = await generateText({ ...request(call, model, signal), ...more });
  return { text: result.text, usage: result.usage, finishReason: result.finishReason };
}

/**
 * Asks a model and waits for the whole answer. A passing failure of the provider is tried again (MODEL_RETRIES). A metered call is held
 * before; its answer's `charge` is for whoever records it. Throws `payment_required`, `unavailable`, `timeout` or
 * `validation`, or the reason of `call.signal` when that aborted.
 */
export async function generate(ctx: Context, call: ModelCall): Promise<Answer> {
  const startedAt = performance.now();
  const { provider, model } = call.candidate;
  const held = await holdFor(ctx, call);
  const bounds = boundsFor(call);
  const { deadline, signal } = bounds;
  try {
    const spoken = provider
      ? await lastOf(
          attempts(ctx, call, provider, bounds, {
            // biome-ignore lint/correctness/useYield: an answer that comes whole has no pieces.
            once: async function* once() {
              return await ask(call, languageModel(provider, model.version), signal);
            },
            mayRepeat: () => !call.tools?.length,
          }),
        )
      : spokenBySimulator(await generateSimulated(promptOf(call), signal));
    return answerOf(call, spoken, startedAt, held);
  } catch (error) {
    await closeUnrecorded(held);
    throw gatewayError(call.candidate, error, { caller: call.signal, deadline });
  }
}

async function* listen(
  call: ModelCall,
  model: LanguageModel,
  signal: AbortSignal,
  heard: Heard,
): AsyncGenerator<string, Spoken> {
  const result = streamText({ ...request(call, model, signal), maxRetries: 0, onError: () => undefined });
  let spoken: Spoken | undefined;
  for await (const part of result.stream) {
    if (part.type === "error") throw part.error;
    if (part.type === "abort") throw signal.reason;
    if (part.type === "finish") {
      spoken = { text: heard.text, usage: part.totalUsage, finishReason: part.finishReason };
    }
    if (part.type !== "text-delta") continue;
    heard.text += part.text;
    yield part.text;
  }
  if (!spoken)
    throw new AppError("unavailable", "The stream of the model ended too early.", { reason: "PROVIDER_ERROR" });
  return spoken;
}

/**
 * Like `generate`, but yields the text piece by piece; the whole answer is what the generator returns. A metered call that
 * breaks off, or whose reader leaves, is settled at what was heard.
 */
export async function* stream(ctx: Context, call: ModelCall): AsyncGenerator<string, Answer> {
  const startedAt = performance.now();
  const { provider, model } = call.candidate;
  const held = await holdFor(ctx, call);
  const heard: Heard = { text: "" };
  let answer: Answer | undefined;
  const bounds = boundsFor(call);
  const { deadline, signal } = bounds;
  try {
    const spoken = provider
      ? yield* attempts(ctx, call, provider, bounds, {
          once: () => listen(call, languageModel(provider, model.version), signal, heard),
          mayRepeat: () => heard.text === "",
        })
      : spokenBySimulator(yield* streamSimulated(promptOf(call), signal));
    answer = answerOf(call, spoken, startedAt, held);
    return answer;
  } catch (error) {
    throw gatewayError(call.candidate, error, { caller: call.signal, deadline });
  } finally {
    if (!answer) await closeCut(call, held, heard);
  }
}
