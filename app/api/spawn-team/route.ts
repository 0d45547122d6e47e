import { SpawnedTeam, SpawnTeam } from "#lib/agents/schema";
import { spawnTeam, teamSize } from "#lib/agents/spawn";
import { limitFurther } from "#lib/http/admission";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "spawnTeam",
  summary: "Spawn a team whose members work on a task in turn; each counts as one spawn",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "spawn",
  idempotent: true,
  body: SpawnTeam,
  response: SpawnedTeam,
  errors: ["not_found", "conflict"],
  handler: async ({ ctx, body }) => {
    await limitFurther(ctx, "agency", "spawn", (await teamSize(ctx, body)) - 1);
    return spawnTeam(ctx, body);
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
