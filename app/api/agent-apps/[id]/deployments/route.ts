import { z } from "zod";
import { Deployments } from "#lib/deployments/schema";
import { listDeployments } from "#lib/deployments/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";

export const GET = endpoint({
  operationId: "listDeployments",
  summary: "List an agent app's deployments, newest first",
  description: "20 unless `limit` says otherwise.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Agent app not found") }),
  query: PageQuery,
  response: Deployments,
  handler: ({ ctx, params, query }) => listDeployments(ctx, params.id, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
