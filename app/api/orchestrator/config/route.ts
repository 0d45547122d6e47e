import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getConfig, updateConfig } from "#lib/orchestrator/config";
import { ConfigAnswer, UpdateConfig } from "#lib/orchestrator/config-schema";

export const GET = endpoint({
  operationId: "getOrchestratorConfig",
  summary: "Get budgets, provider limits, spending alerts and retention",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: ConfigAnswer,
  handler: async ({ ctx }) => ({ success: true, config: await getConfig(ctx) }),
});

export const PUT = endpoint({
  operationId: "updateOrchestratorConfig",
  summary: "Change budgets, provider limits, spending alerts and retention; what is left out stays",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: UpdateConfig,
  response: ConfigAnswer,
  handler: async ({ ctx, body }) => ({ success: true, config: await updateConfig(ctx, body) }),
});

export const { POST, PATCH, DELETE, OPTIONS } = notAllowed("GET", "PUT");
