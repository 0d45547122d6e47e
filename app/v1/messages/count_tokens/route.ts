import { z } from "zod";
import { CountTokensRequest } from "#lib/completions/messages/schema";
import { countTokens } from "#lib/completions/messages/service";
import { anthropic } from "#lib/http/dialects/anthropic";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "countMessageTokens",
  summary: "Estimate the tokens of a message",
  description: "Four characters are counted as a token, for every model alike. Nobody is asked and nothing is charged.",
  dialect: anthropic,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: CountTokensRequest,
  response: z.object({ input_tokens: z.int() }),
  errors: ["not_found", "unavailable"],
  handler: ({ ctx, body }) => countTokens(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
