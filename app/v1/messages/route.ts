import { AnthropicMessage, AnthropicMessageStream } from "#lib/completions/answer-schema";
import { MessagesRequest } from "#lib/completions/messages/schema";
import { createMessage } from "#lib/completions/messages/service";
import { anthropic } from "#lib/http/dialects/anthropic";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "createMessage",
  summary: "Create a message",
  description:
    "Anthropic's own call. Models that Anthropic serves get the body as it is; for all others, `baton/*` among them, it is translated to OpenAI's call and the answer back. The key may come as `x-api-key` too.",
  dialect: anthropic,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: MessagesRequest,
  raw: true,
  response: AnthropicMessage,
  answers: { "text/event-stream": AnthropicMessageStream },
  resumes: false,
  answerHeaders: ["X-Baton-Model", "X-Baton-Cache"],
  errors: ["payment_required", "not_found", "unavailable", "timeout"],
  handler: ({ ctx, body, rawBody, request: { headers, signal } }) =>
    createMessage(ctx, { body, rawBody, headers, signal }),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
