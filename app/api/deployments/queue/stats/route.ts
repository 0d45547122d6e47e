import { QueueStats } from "#lib/deployments/schema";
import { getQueueStats } from "#lib/deployments/stats";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getDeploymentQueueStats",
  summary: "Figures and health of the deployment queue",
  description: "Of the caller's organization; without credentials, of the whole platform.",
  dialect: cloud,
  auth: [],
  knowsCallers: true,
  scopes: [],
  rateLimit: "default",
  response: QueueStats,
  handler: ({ caller }) => getQueueStats(caller),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
