import { SpawnBatch, SpawnedBatch } from "#lib/agents/schema";
import { spawnBatch } from "#lib/agents/spawn";
import { limitFurther } from "#lib/http/admission";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "spawnAgents",
  summary: "Spawn up to 20 agents, all or none; each counts as one spawn",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "spawn",
  idempotent: true,
  body: SpawnBatch,
  response: SpawnedBatch,
  errors: ["not_found", "conflict"],
  handler: async ({ ctx, body }) => {
    await limitFurther(ctx, "agency", "spawn", body.agents.length - 1);
    return spawnBatch(ctx, body);
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
