import type { Baton } from "./client.ts";
import { BatonError } from "./errors.ts";
import { socketError } from "./socket-error.ts";

/** What a streamed chat takes, as the API names it. */
export type ChatText = {
  message: string;
  session_id?: string;
  optimization_mode?: "lite" | "balanced" | "quality";
  swarm_type?: "coding-team" | "research-team" | "creative-team" | "coding-debate";
  use_memory?: boolean;
};

const brokenOff = (what: string) =>
  new BatonError({ status: 0, code: "connection_failed", message: `${what} ended before its answer was complete.` });

/** The pieces of a chat's answer as they come (`GET /chat/v2/stream`). Throws when it fails or ends too early. */
export async function* chatText(
  baton: Baton,
  { use_memory, ...input }: ChatText,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const query = { ...input, ...(use_memory !== undefined && ({ use_memory: use_memory ? "true" : "false" } as const)) };
  for await (const { event, data } of baton.events("GET /chat/v2/stream", { query, ...(signal && { signal }) })) {
    const frame = data.data ?? {};
    if (event === "control" && frame.error) throw socketError(frame.error);
    if (frame.done === true) return;
    if (typeof frame.token === "string") yield frame.token;
  }
  throw brokenOff("The chat");
}

/** What `POST /v1/chat/completions` takes; `stream` is set for you. */
export type CompletionInput = {
  model: string;
  messages: { role: string; content: unknown }[];
  [more: string]: unknown;
};

/** The pieces of a completion's first choice as they come (`POST /v1/chat/completions`). Throws when it fails or ends too early. */
export async function* completionText(
  baton: Baton,
  input: CompletionInput,
  signal?: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const body: unknown = { ...input, stream: true };
  // The name is kept from the table of types: the body goes on to providers who know more fields than it lists.
  const operation: string = "POST /v1/chat/completions";
  for await (const { data } of baton.events(operation, { body, ...(signal && { signal }) })) {
    if (data === "[DONE]") return;
    if (data.error) throw socketError(data.error);
    const text = data.choices?.[0]?.delta?.content;
    if (typeof text === "string" && text !== "") yield text;
  }
  throw brokenOff("The completion");
}
