import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getModelDocument } from "#lib/orchestration/models";
import { ModelWithStats } from "#lib/orchestration/view-schema";

// A model that is known by its provider's id alone has a slash in its name, which the caller encodes.
export const GET = endpoint({
  operationId: "getOrchestrationModel",
  summary: "Get a model and what it did for your organization",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ name: z.string() }),
  response: ModelWithStats,
  handler: ({ ctx, params }) => getModelDocument(ctx, params.name),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
