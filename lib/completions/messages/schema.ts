import { z } from "zod";
import { GatewayOptions } from "#lib/models/schema";

const Block = z.looseObject({ type: z.string() });
export type Block = z.infer<typeof Block>;

/** The part that `POST /v1/messages` and its count of tokens share. Only what Baton itself reads is described. */
const Conversation = {
  model: z.string().min(1).max(200).meta({ description: "A name of `GET /v1/models` or `<provider>/<model id>`." }),
  messages: z
    .array(
      z.looseObject({ role: z.enum(["user", "assistant", "system"]), content: z.union([z.string(), z.array(Block)]) }),
    )
    .min(1),
  system: z.union([z.string(), z.array(Block)]).optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
};

export const CountTokensRequest = z.looseObject(Conversation).meta({ id: "CountTokensRequest" });
export type CountTokensRequest = z.infer<typeof CountTokensRequest>;

/** A body of Anthropic's `POST /v1/messages`. */
export const MessagesRequest = z
  .looseObject({
    ...Conversation,
    max_tokens: z.int().min(1),
    stream: z.boolean().optional(),
    stop_sequences: z.array(z.string()).optional(),
    ...GatewayOptions,
  })
  .meta({ id: "MessagesRequest" });
export type MessagesRequest = z.infer<typeof MessagesRequest>;
