import { ChatCompletion, ChatCompletionChunk } from "#lib/completions/answer-schema";
import { createCompletion } from "#lib/completions/service";
import { openai } from "#lib/http/dialects/openai";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ChatCompletionRequest } from "#lib/models/schema";

export const POST = endpoint({
  operationId: "createChatCompletion",
  summary: "Create a chat completion",
  description:
    "OpenAI's own call: the body goes to the model's provider as it is, with tools, images and streaming, and the answer comes back the same way. Fields that are not described here are the provider's. `baton/*` are orchestrations of several calls. The answer's `x-baton-model` tells who answered, `x-baton-cache` whether from memory.",
  dialect: openai,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: ChatCompletionRequest,
  raw: true,
  response: ChatCompletion,
  answers: { "text/event-stream": ChatCompletionChunk },
  resumes: false,
  answerHeaders: ["X-Baton-Model", "X-Baton-Cache"],
  errors: ["payment_required", "not_found", "unavailable", "timeout"],
  handler: ({ ctx, body, rawBody, request: { headers, signal } }) =>
    createCompletion(ctx, { body, rawBody, headers, signal }),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
