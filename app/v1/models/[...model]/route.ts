import { z } from "zod";
import { describeModelNamed } from "#lib/completions/service";
import { openai } from "#lib/http/dialects/openai";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ListedModel } from "#lib/models/schema";

export const GET = endpoint({
  operationId: "getModel",
  summary: "Retrieve a model",
  dialect: openai,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ model: z.array(z.string()) }),
  response: ListedModel,
  errors: ["not_found"],
  handler: ({ ctx, params }) => describeModelNamed(ctx, params.model.join("/")),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
