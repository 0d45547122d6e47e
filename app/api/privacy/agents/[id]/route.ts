import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { Erased } from "#lib/privacy/schema";
import { eraseAgent } from "#lib/privacy/service";

export const DELETE = endpoint({
  operationId: "deleteAgentData",
  summary: "Delete at once what an agent was asked and answered",
  description: "What it used and cost stays in the books, without content.",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params: z.object({ id: z.string().regex(/^[\w-]{1,100}$/, "Agent not found") }),
  response: Erased,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params }) => eraseAgent(ctx, params.id),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
