import { z } from "zod";
import { DeploymentAnswer } from "#lib/deployments/schema";
import { getDeployment } from "#lib/deployments/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getDeployment",
  summary: "Get a deployment with its progress",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Deployment not found") }),
  response: DeploymentAnswer,
  handler: ({ ctx, params }) => getDeployment(ctx, params.id),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
