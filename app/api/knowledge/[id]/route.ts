import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { KnowledgeAnswer, UpdateKnowledge } from "#lib/knowledge/schema";
import { updateKnowledge } from "#lib/knowledge/service";
import { pathId } from "#lib/workdesk/fields";

export const PATCH = endpoint({
  operationId: "updateKnowledge",
  summary: "Change an entry of the knowledge base, or count a use of it",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: pathId("Knowledge entry") }),
  body: UpdateKnowledge,
  response: KnowledgeAnswer,
  handler: ({ ctx, params, body }) => updateKnowledge(ctx, params.id, body),
});

export const { GET, POST, PUT, DELETE, OPTIONS } = notAllowed("PATCH");
