import type { AppError } from "#lib/errors";
import { costMicros, estimateTokens } from "#lib/models/catalogue";
import { type ChatCompletionRequest, textOfContent } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";

/** How a pass-through call ended, for its record. Prompts and answers are not part of it. */
export type CompletionOutcome = {
  status: "completed" | "failed" | "cancelled";
  model: string;
  provider: string;
  simulated: boolean;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  errorCode: string | null;
  errorMessage: string | null;
};

/** One pass-through call: who answers, what was asked, when the caller has gone, and who writes it down. */
export type CompletionCall = {
  candidate: Candidate;
  body: ChatCompletionRequest;
  /** The body exactly as it was sent. */
  rawBody: string;
  signal: AbortSignal;
  /** Resolves when the outcome is stored for good. */
  record(outcome: CompletionOutcome): Promise<void>;
};

export type Usage = { inputTokens: number; outputTokens: number };

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0 };

/** What was used when the provider did not say: guessed from the texts. */
export function estimateUsage(body: ChatCompletionRequest, outputCharacters: number): Usage {
  const inputCharacters = body.messages.reduce((sum, message) => sum + textOfContent(message.content).length, 0);
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
    ...usage,
    costMicros: costMicros(model.price, usage.inputTokens, usage.outputTokens),
    latencyMs: Math.round(performance.now() - startedAt),
    errorCode: error ? (error.reason ?? error.code).toLowerCase() : null,
    errorMessage: error?.message ?? null,
  };
}

/** The status nobody sees: the caller has closed the connection. */
export function clientGone(): Response {
  return new Response(null, { status: 499 });
}
