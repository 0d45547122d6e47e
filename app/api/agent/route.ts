import { Spawn, Spawned } from "#lib/agents/schema";
import { spawnAgent } from "#lib/agents/spawn";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "spawnAgentLegacy",
  summary: "Spawn an agent; the name that version 3 had for it",
  deprecated: "/api/v4/spawn",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "spawn",
  idempotent: true,
  body: Spawn,
  response: Spawned,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, body }) => spawnAgent(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
