import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { listModelDocuments } from "#lib/orchestration/models";
import { OrchestrationModel } from "#lib/orchestration/view-schema";

export const GET = endpoint({
  operationId: "listOrchestrationModels",
  summary: "List the models",
  dialect: orchestratex,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: z.array(OrchestrationModel),
  handler: ({ ctx }) => listModelDocuments(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
