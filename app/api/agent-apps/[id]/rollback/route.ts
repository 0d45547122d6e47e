import { z } from "zod";
import { QueuedDeployment, Rollback } from "#lib/deployments/schema";
import { rollBack } from "#lib/deployments/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "rollbackAgentApp",
  summary: "Deploy a package that the app has already",
  description: "Needs no upload. A version that was live before costs nothing again; another one costs what C20 does.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found") }),
  body: Rollback,
  response: QueuedDeployment,
  status: 202,
  errors: ["payment_required"],
  handler: ({ ctx, params, body }) => rollBack(ctx, params.id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
