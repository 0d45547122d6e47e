import { invalid } from "#lib/errors";
import { type ChatCompletionRequest, type Message, textOfContent } from "#lib/models/schema";

const defaultInstructions =
  "Answer the user's message helpfully, correctly and in Markdown. Say so when you do not know.";

const isInstruction = (role: string) => role === "system" || role === "developer";

function refuse(field: string, what: string): never {
  throw invalid([
    { field, message: `Models of Baton's own do not take ${what}. Leave it out, or name another model.` },
  ]);
}

function messageOf({ role, content }: ChatCompletionRequest["messages"][number], index: number): Message {
  if (role !== "user" && role !== "assistant") refuse(`messages[${index}].role`, `messages of the role '${role}'`);
  const parts = Array.isArray(content) ? content : [];
  if (parts.some((part) => part?.type !== "text" && part?.type !== undefined)) {
    refuse(`messages[${index}].content`, "pictures, sound or files");
  }
  return { role, content: textOfContent(content) };
}

/** A completion's body as a task for Baton's strategies, which work on texts. Throws `validation` for what they cannot do. */
export function taskOf(body: ChatCompletionRequest): { instructions: string; messages: Message[] } {
  if (Array.isArray(body.tools) && body.tools.length > 0) refuse("tools", "tools");
  if (typeof body.n === "number" && body.n > 1) refuse("n", "more than one choice");
  if (typeof body.response_format === "object" && body.response_format !== null) {
    if ((body.response_format as { type?: unknown }).type !== "text") refuse("response_format", "a format");
  }
  const instructions = body.messages
    .filter(({ role }) => isInstruction(role))
    .map(({ content }) => textOfContent(content));
  const messages = body.messages.flatMap((message, index) =>
    isInstruction(message.role) ? [] : [messageOf(message, index)],
  );
  if (messages.length === 0)
    throw invalid([{ field: "messages", message: "At least one message of the user is needed" }]);
  return { instructions: instructions.filter(Boolean).join("\n\n") || defaultInstructions, messages };
}
