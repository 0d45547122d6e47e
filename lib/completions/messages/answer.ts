import type { Block } from "#lib/completions/messages/schema";
import { randomText } from "#lib/id";
import { anthropicErrorType } from "#lib/models/anthropic-errors";
import { usageOf } from "#lib/models/completion";
import { parseObject } from "#lib/models/wire";

const stopReasons: Record<string, string> = {
  stop: "end_turn",
  length: "max_tokens",
  tool_calls: "tool_use",
  function_call: "tool_use",
  content_filter: "refusal",
};

/** Why an answer ended, in Anthropic's words. */
export function stopReasonOf(finishReason: unknown): string {
  return stopReasons[String(finishReason)] ?? "end_turn";
}

export const newMessageId = () => `msg_${randomText(24)}`;

type Call = { id?: unknown; function?: { name?: unknown; arguments?: unknown } };

function toolUse({ id, function: called }: Call): Block {
  const text = typeof called?.arguments === "string" ? called.arguments : "";
  // What is no JSON was cut off or made up; the caller's tool must not take it for an input.
  const input = text === "" ? {} : (parseObject(text) ?? { INVALID_JSON: text });
  return { type: "tool_use", id, name: called?.name, input };
}

function contentOf(message: Record<string, unknown> | undefined): Block[] {
  const text = typeof message?.content === "string" && message.content !== "" ? message.content : undefined;
  const calls = Array.isArray(message?.tool_calls) ? (message.tool_calls as Call[]) : [];
  return [...(text === undefined ? [] : [{ type: "text", text }]), ...calls.map(toolUse)];
}

/** An OpenAI completion as Anthropic's message. */
function messageOf(completion: Record<string, unknown>): object {
  const { model, choices, simulated, baton } = completion;
  const [choice] = Array.isArray(choices)
    ? (choices as { message?: Record<string, unknown>; finish_reason?: unknown }[])
    : [];
  const usage = usageOf(completion.usage);
  return {
    id: newMessageId(),
    type: "message",
    role: "assistant",
    model,
    content: contentOf(choice?.message),
    stop_reason: stopReasonOf(choice?.finish_reason),
    stop_sequence: null,
    usage: { input_tokens: usage?.inputTokens ?? 0, output_tokens: usage?.outputTokens ?? 0 },
    ...(simulated ? { simulated } : {}),
    ...(baton ? { baton } : {}),
  };
}

/** What tells who answered and from where, which stays whatever the protocol. */
export function factsOf(headers: Headers): Record<string, string> {
  const kept = ["x-baton-model", "x-baton-cache", "retry-after"];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** A whole answer, or a refusal with the provider's words, in Anthropic's form. */
export async function translateWhole(response: Response, requestId: string): Promise<Response> {
  const answer = parseObject(await response.text()) ?? {};
  const headers = factsOf(response.headers);
  if (response.ok) return Response.json(messageOf(answer), { headers });
  const { message } = (answer.error ?? {}) as { message?: unknown };
  const error = {
    type: anthropicErrorType(response.status),
    message: typeof message === "string" ? message : `The provider refused the request with status ${response.status}.`,
  };
  return Response.json({ type: "error", error, request_id: requestId }, { status: response.status, headers });
}
