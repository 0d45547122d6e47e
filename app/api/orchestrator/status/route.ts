import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { OrchestratorStatus } from "#lib/orchestrator/schema";
import { getOrchestratorStatus } from "#lib/orchestrator/status";

export const GET = endpoint({
  operationId: "getOrchestratorStatus",
  summary: "Budget, use, limits, advice, forecast and pricing previews in one document",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: OrchestratorStatus,
  handler: ({ ctx }) => getOrchestratorStatus(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
