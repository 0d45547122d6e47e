import type { Block, MessagesRequest } from "#lib/completions/messages/schema";
import { invalid } from "#lib/errors";
import { type ChatCompletionRequest, textOfContent } from "#lib/models/schema";

type Message = ChatCompletionRequest["messages"][number];

const refused = (field: string, what: string) =>
  invalid([{ field, message: `${what} can only be sent to models of Anthropic. Leave it out, or name one of those.` }]);

function imageOf({ source }: Block, field: string): object {
  const { type, media_type, data, url } = (source ?? {}) as Record<string, unknown>;
  if (type === "base64" && typeof data === "string") {
    return { type: "image_url", image_url: { url: `data:${media_type};base64,${data}` } };
  }
  if (type === "url" && typeof url === "string") return { type: "image_url", image_url: { url } };
  throw refused(field, `A picture from '${String(type)}'`);
}

/** What a person said, as OpenAI's parts; results of tools are messages of their own there, and come first. */
function userMessages(blocks: Block[], field: string): Message[] {
  const results: Message[] = [];
  const parts: object[] = [];
  for (const [index, block] of blocks.entries()) {
    const place = `${field}[${index}]`;
    if (block.type === "text") parts.push({ type: "text", text: String(block.text ?? "") });
    else if (block.type === "image") parts.push(imageOf(block, place));
    else if (block.type === "tool_result") {
      const failed = block.is_error === true ? "Error: " : "";
      const content = failed + textOfContent(block.content);
      results.push({ role: "tool", tool_call_id: String(block.tool_use_id ?? ""), content });
    } else throw refused(place, `A part of the type '${block.type}'`);
  }
  return parts.length > 0 ? [...results, { role: "user", content: parts }] : results;
}

/** What the model said; its thoughts stay behind, as no other provider takes them. */
function assistantMessage(blocks: Block[]): Message {
  const text = blocks.filter(({ type }) => type === "text").map((block) => String(block.text ?? ""));
  const calls = blocks
    .filter(({ type }) => type === "tool_use")
    .map(({ id, name, input }) => ({
      id,
      type: "function",
      function: { name, arguments: JSON.stringify(input ?? {}) },
    }));
  return {
    role: "assistant",
    content: text.length > 0 ? text.join("") : null,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
}

function messagesOf({ system, messages }: MessagesRequest): Message[] {
  const instructions = textOfContent(system);
  const said = messages.flatMap(({ role, content }, index): Message[] => {
    if (typeof content === "string") return [{ role, content }];
    if (role === "system") return [{ role, content: textOfContent(content) }];
    return role === "user" ? userMessages(content, `messages[${index}].content`) : [assistantMessage(content)];
  });
  return instructions ? [{ role: "system", content: instructions }, ...said] : said;
}

function toolsOf({ tools = [], tool_choice: choice }: MessagesRequest): object {
  if (tools.length === 0) return {};
  const functions = tools.map(({ name, description, input_schema: parameters }, index) => {
    if (!parameters)
      throw refused(`tools[${index}]`, `The tool '${name.slice(0, 100)}', which the provider runs itself,`);
    return { type: "function", function: { name, ...(description ? { description } : {}), parameters } };
  });
  const { type, name, disable_parallel_tool_use: isSerial } = (choice ?? {}) as Record<string, unknown>;
  const choices: Record<string, unknown> = {
    auto: "auto",
    any: "required",
    none: "none",
    tool: { type: "function", function: { name } },
  };
  const chosen = typeof type === "string" ? choices[type] : undefined;
  return {
    tools: functions,
    ...(chosen ? { tool_choice: chosen } : {}),
    ...(isSerial === true ? { parallel_tool_calls: false } : {}),
  };
}

/**
 * Anthropic's request as OpenAI's, for models of other providers. `modern`: the limit of the answer goes by the name that
 * OpenAI itself wants today; other servers know only the old one. Throws `validation` for what has no counterpart.
 */
export function toCompletion(body: MessagesRequest, { modern }: { modern: boolean }): ChatCompletionRequest {
  const { model, max_tokens, stream, stop_sequences: stop, temperature, top_p, baton } = body;
  return {
    model,
    messages: messagesOf(body),
    [modern ? "max_completion_tokens" : "max_tokens"]: max_tokens,
    ...(stop && stop.length > 0 ? { stop } : {}),
    ...(temperature === undefined ? {} : { temperature }),
    ...(top_p === undefined ? {} : { top_p }),
    ...toolsOf(body),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
    ...(baton ? { baton } : {}),
  };
}
