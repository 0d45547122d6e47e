import { openai } from "#lib/http/dialects/openai";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ModelList } from "#lib/models/schema";
import { describeModels } from "#lib/models/service";

export const GET = endpoint({
  summary: "List models",
  dialect: openai,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: ModelList,
  handler: () => describeModels(),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
