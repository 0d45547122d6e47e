import { describeModels } from "#lib/completions/service";
import { openai } from "#lib/http/dialects/openai";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ModelList } from "#lib/models/schema";

export const GET = endpoint({
  operationId: "listModels",
  summary: "List models",
  dialect: openai,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: ModelList,
  handler: ({ ctx }) => describeModels(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
