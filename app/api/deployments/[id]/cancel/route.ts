import { z } from "zod";
import { DeploymentAnswer } from "#lib/deployments/schema";
import { cancelDeployment } from "#lib/deployments/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "cancelDeployment",
  summary: "Cancel a queued deployment; its credits are given back",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Deployment not found") }),
  response: DeploymentAnswer,
  errors: ["conflict"],
  handler: ({ ctx, params }) => cancelDeployment(ctx, params.id),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
