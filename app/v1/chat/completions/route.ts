import { openai } from "#lib/http/dialects/openai";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ChatCompletionRequest } from "#lib/models/schema";
import { createCompletion } from "#lib/runs/completions";

export const POST = endpoint({
  summary: "Create a chat completion",
  description:
    "OpenAI's own call: the body goes to the model's provider as it is, with tools, images and streaming, and the answer comes back the same way. Fields that are not described here are the provider's.",
  dialect: openai,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: ChatCompletionRequest,
  raw: true,
  errors: ["payment_required", "not_found", "unavailable", "timeout"],
  handler: ({ ctx, body, rawBody, request }) => createCompletion(ctx, { body, rawBody, signal: request.signal }),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
