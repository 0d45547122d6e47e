import { Spawn, Spawned } from "#lib/agents/schema";
import { spawnAgent } from "#lib/agents/spawn";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "spawnAgent",
  summary: "Spawn an agent that works in the background",
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
