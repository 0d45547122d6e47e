import { z } from "zod";

/** A body of `POST /v1/chat/completions`. Only what Baton itself reads is described; the rest is the provider's business. */
export const ChatCompletionRequest = z
  .looseObject({
    model: z.string().min(1).max(200).meta({ description: "A name of `GET /v1/models` or `<provider>/<model id>`." }),
    messages: z.array(z.looseObject({ role: z.string() })).min(1),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  })
  .meta({ id: "ChatCompletionRequest" });
export type ChatCompletionRequest = z.infer<typeof ChatCompletionRequest>;

/** A model as OpenAI's clients know it; `simulated` marks one that Baton's simulator answers for. */
export const ListedModel = z
  .object({
    id: z.string(),
    object: z.literal("model"),
    created: z.int(),
    owned_by: z.string(),
    simulated: z.literal(true).optional(),
  })
  .meta({ id: "ListedModel" });
export type ListedModel = z.infer<typeof ListedModel>;

export const ModelList = z.object({ object: z.literal("list"), data: z.array(ListedModel) }).meta({ id: "ModelList" });
export type ModelList = z.infer<typeof ModelList>;

/** One message of a conversation as Baton's own strategies write it. */
export type Message = { role: "system" | "user" | "assistant"; content: string };

/** The text of a message's content, which may be a string or OpenAI's list of parts; pictures and sound have none. */
export function textOfContent(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map(textOfPart).filter(Boolean).join("\n");
}

function textOfPart(part: unknown): string {
  if (typeof part !== "object" || part === null || !("text" in part)) return "";
  return typeof part.text === "string" ? part.text : "";
}
