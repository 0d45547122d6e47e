import { CancelledAgent } from "#lib/agents/schema";
import { cancelAgent } from "#lib/agents/service";
import { invalid } from "#lib/errors";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { deprecate } from "#lib/http/headers";
import { idOfNamed, MaybeNamedAgent, successorOfAgent } from "#lib/http/legacy-agent";
import { notAllowed } from "#lib/http/not-allowed";

export const DELETE = endpoint({
  operationId: "cancelAgentLegacy",
  summary: "Cancel an agent named in the query or the body; the name that version 3 had for it",
  deprecated: successorOfAgent,
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  query: MaybeNamedAgent,
  body: MaybeNamedAgent,
  response: CancelledAgent,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, query, body, headers }) => {
    const id = idOfNamed(query) ?? idOfNamed(body);
    if (id === undefined) throw invalid([{ field: "agent_id", message: "agent_id is required" }]);
    deprecate(headers, `/api/v4/agent/${encodeURIComponent(id)}`);
    return cancelAgent(ctx, id);
  },
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
