import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreateKnowledge, KnowledgeList, KnowledgeQuery } from "#lib/knowledge/schema";
import { createKnowledge, listKnowledge } from "#lib/knowledge/service";

export const GET = endpoint({
  operationId: "listKnowledge",
  summary: "List the knowledge base, most useful first, or search it",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  query: KnowledgeQuery,
  response: KnowledgeList,
  handler: ({ ctx, query }) => listKnowledge(ctx, query),
});

export const POST = endpoint({
  operationId: "createKnowledge",
  summary: "Add an entry to the knowledge base",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateKnowledge,
  response: z.object({ id: z.int() }),
  handler: ({ ctx, body }) => createKnowledge(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
