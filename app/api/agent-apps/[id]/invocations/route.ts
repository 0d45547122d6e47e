import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PageQuery } from "#lib/page";
import { listInvocations } from "#lib/runtime/invocations/read";
import { Invocations } from "#lib/runtime/invocations/schema";

export const GET = endpoint({
  operationId: "listInvocations",
  summary: "List the calls of an app, newest first",
  description: "20 unless `limit` says otherwise.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Agent app not found") }),
  query: PageQuery,
  response: Invocations,
  handler: ({ ctx, params, query }) => listInvocations(ctx, params.id, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
