import type { AppError } from "#lib/errors";
import { costMicros, estimateTokens } from "#lib/models/catalogue";
import { type ChatCompletionRequest, textOfContent } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import type { Wire } from "#lib/models/wire";

/** How a pass-through call ended, for its record. Prompts and answers are not part of it. */
export type CompletionOutcome = {
  status: "completed" | "failed" | "cancelled";
  model: string;
  provider: string;
  simulated: boolean;
  /** Of the organization's pool, when its credential was used. */
  accountId: number | null;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  errorCode: string | null;
  errorMessage: string | null;
  /** The models of the chain that were asked before and failed, in their order. */
  earlier?: FailedAttempt[];
};

export type FailedAttempt = Pick<
  CompletionOutcome,
  "model" | "provider" | "simulated" | "latencyMs" | "errorCode" | "errorMessage"
>;

/** One pass-through call: who answers, what was asked, when the caller has gone, and who writes it down. */
export type CompletionCall = {
  candidate: Candidate;
  /** The protocol of the caller, which the provider has to speak as well. */
  wire: Wire;
  body: ChatCompletionRequest;
  /** The body exactly as it was sent. */
  rawBody: string;
  /** Headers of the request that the provider gets too. */
  headers?: Record<string, string>;
  signal: AbortSignal;
  /** Counts each attempt against the organization's limit of calls to the provider. Throws `rate_limited`. */
  reserve?(): Promise<void>;
  /** Resolves when the outcome is stored for good. */
  record(outcome: CompletionOutcome): Promise<void>;
};

export type Usage = { inputTokens: number; outputTokens: number };

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0 };

/** What was used when the provider did not say: guessed from the texts. */
export function estimateUsage(body: ChatCompletionRequest, outputCharacters: number): Usage {
  const texts = [body.system, ...body.messages.map(({ content }) => content)].map(textOfContent);
  const inputCharacters = texts.reduce((sum, text) => sum + text.length, 0);
  return { inputTokens: estimateTokens(inputCharacters), outputTokens: estimateTokens(outputCharacters) };
}

/** How many characters the choices of a completion (`message`) or of a chunk (`delta`) hold, tool calls included. */
export function charactersOf(choices: unknown): number {
  if (!Array.isArray(choices)) return 0;
  let characters = 0;
  for (const choice of choices as { message?: Spoken; delta?: Spoken }[]) {
    const spoken = choice?.delta ?? choice?.message;
    if (typeof spoken?.content === "string") characters += spoken.content.length;
    if (spoken?.tool_calls) characters += JSON.stringify(spoken.tool_calls).length;
  }
  return characters;
}

type Spoken = { content?: unknown; tool_calls?: unknown };

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** The `usage` of a completion or of a chunk, when it has a usable one. */
export function usageOf(usage: unknown): Usage | undefined {
  if (typeof usage !== "object" || usage === null) return undefined;
  const { prompt_tokens: input, completion_tokens: output } = usage as Record<string, unknown>;
  return isCount(input) && isCount(output) ? { inputTokens: input, outputTokens: output } : undefined;
}

type Ending = Pick<CompletionOutcome, "status"> & { usage: Usage; startedAt: number; error?: AppError };

/** The record of a call that ended so. */
export function outcomeOf(
  { model, provider }: Candidate,
  { status, usage, startedAt, error }: Ending,
): CompletionOutcome {
  return {
    status,
    model: model.name,
    provider: model.provider,
    simulated: provider === null,
    accountId: provider?.accountId ?? null,
    ...usage,
    costMicros: costMicros(model.price, usage.inputTokens, usage.outputTokens),
    latencyMs: Math.round(performance.now() - startedAt),
    errorCode: error ? (error.reason ?? error.code).toLowerCase() : null,
    errorMessage: error?.message ?? null,
  };
}

/** Who answered, for the caller: header names and values. */
export function answeredBy({ model }: Candidate): Record<string, string> {
  return { "x-baton-model": model.name };
}

/** The status nobody sees: the caller has closed the connection. */
export function clientGone(): Response {
  return new Response(null, { status: 499 });
}
