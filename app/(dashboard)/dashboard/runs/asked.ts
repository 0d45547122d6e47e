import { toRecord } from "#components/request";

/** What a run was asked, as far as it is kept: a text to read, a JSON value, or nothing. */
export type Asked = { prompt: string } | { json: string } | null;

function lastQuestion(messages: unknown): string | null {
  if (!Array.isArray(messages)) return null;
  const { content } = toRecord(messages.findLast((message) => toRecord(message).role === "user"));
  return typeof content === "string" ? content : null;
}

/** Reads the question out of what the kinds of runs keep: a prompt, a message, or a conversation. */
export function askedOf(input: unknown): Asked {
  if (input === null || input === undefined) return null;
  if (typeof input === "string") return { prompt: input };
  const { prompt, message, messages } = toRecord(input);
  const text = [prompt, message, lastQuestion(messages)].find((value) => typeof value === "string" && value !== "");
  return typeof text === "string" ? { prompt: text } : { json: JSON.stringify(input, null, 2) };
}
