import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { RemovedTeam, SavedTeam, UpdateTeam } from "#lib/teams/schema";
import { deleteTeam, updateTeam } from "#lib/teams/service";

const params = z.object({ team: z.string() });

export const PATCH = endpoint({
  operationId: "updateTeam",
  summary: "Change a team of the organization; built-in ones stay as they are",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  body: UpdateTeam,
  response: SavedTeam,
  errors: ["not_found", "conflict"],
  handler: async ({ ctx, params: { team }, body }) => ({ success: true, team: await updateTeam(ctx, team, body) }),
});

export const DELETE = endpoint({
  operationId: "deleteTeam",
  summary: "Remove a team of the organization; its agents stay",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  response: RemovedTeam,
  errors: ["not_found", "conflict"],
  handler: async ({ ctx, params: { team } }) => {
    await deleteTeam(ctx, team);
    return { success: true, message: `Team ${team} removed` };
  },
});

export const { GET, POST, PUT, OPTIONS } = notAllowed("PATCH", "DELETE");
