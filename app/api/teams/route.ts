import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreateTeam, SavedTeam, Teams } from "#lib/teams/schema";
import { createTeam, listTeams } from "#lib/teams/service";

export const GET = endpoint({
  operationId: "listTeams",
  summary: "List the built-in teams and the organization's own",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: Teams,
  handler: ({ ctx }) => listTeams(ctx),
});

export const POST = endpoint({
  operationId: "createTeam",
  summary: "Register a team of models",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateTeam,
  response: SavedTeam,
  errors: ["conflict"],
  handler: async ({ ctx, body }) => ({ success: true, team: await createTeam(ctx, body) }),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
