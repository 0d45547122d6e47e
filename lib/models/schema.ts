import { z } from "zod";

const ModelName = z.string().min(1).max(200);

/** What a request may say to Baton itself, beside what goes to the provider. */
export const GatewayOptions = {
  models: z.array(ModelName).max(8, "At most 8 models").nullish().meta({
    description: "Models to ask, in this order, when `model` cannot answer. Baton's own; no provider gets it.",
  }),
  cache: z
    .union([z.boolean(), z.object({ ttl_seconds: z.int().min(1).max(604_800).default(3_600) })])
    .nullish()
    .meta({ description: "Answers the same request of your organization from memory for so long (at most 7 days)." }),
  baton: z
    .object({
      max_rounds: z.int().min(1).max(10).optional(),
      threshold: z.number().min(0).max(10).optional(),
      models: z.array(ModelName).min(1).max(8).optional(),
    })
    .nullish()
    .meta({
      description: "Settings of `baton/*`: rounds, the score that is good enough (0 to 10), and who may answer.",
    }),
};

/** A body of `POST /v1/chat/completions`. Only what Baton itself reads is described; the rest is the provider's business. */
export const ChatCompletionRequest = z
  .looseObject({
    model: ModelName.meta({ description: "A name of `GET /v1/models` or `<provider>/<model id>`." }),
    messages: z.array(z.looseObject({ role: z.string() })).min(1),
    stream: z.boolean().nullish(),
    stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
    ...GatewayOptions,
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
