import { audit } from "#lib/audit/service";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { builtInTeams } from "#lib/teams/built-in";
import { findTeamModel } from "#lib/teams/models";
import {
  deleteTeamRow,
  insertTeam,
  lockTeam,
  selectTeam,
  selectTeams,
  type TeamRow,
  updateTeamRow,
} from "#lib/teams/queries";
import type { CreateTeam, Team, UpdateTeam } from "#lib/teams/schema";

const teamsMax = 200;

const wire = (row: TeamRow): Team => ({ ...row, built_in: false });

function checkModels(models: readonly string[]): void {
  for (const name of models) {
    if (!findTeamModel(name)) throw invalid([{ field: "models", message: `Unknown model: ${name.slice(0, 200)}` }]);
  }
}

function findBuiltIn(team: string): Team | undefined {
  return builtInTeams.find((one) => one.team === team);
}

function refuseBuiltIn(team: string): void {
  if (findBuiltIn(team)) throw conflict(`${team} is built in and cannot be changed.`, "TEAM_BUILT_IN");
}

/** The built-in teams, then the organization's own in the order in which they were made (contract L4). */
export async function listTeams(ctx: Context): Promise<{ teams: Team[]; count: number }> {
  const own = await selectTeams(tenant(ctx), ctx.organizationId);
  const teams = [...builtInTeams, ...own.map(wire)];
  return { teams, count: teams.length };
}

/** A built-in team or one of the organization's; nothing for an unknown one. */
export async function findTeam(ctx: Context, team: string, tx: Tx = tenant(ctx)): Promise<Team | undefined> {
  const builtIn = findBuiltIn(team);
  if (builtIn) return builtIn;
  const row = await selectTeam(tx, ctx.organizationId, team);
  return row && wire(row);
}

/** Registers a team. Throws `validation` for a model nobody knows the price of, `conflict` for an id that is taken. */
export async function createTeam(ctx: Context, input: CreateTeam): Promise<Team> {
  checkModels(input.models);
  if (findBuiltIn(input.team)) throw conflict(`There is a team ${input.team} already.`, "TEAM_EXISTS");
  const row: TeamRow = { ...input, description: input.description ?? null };
  return transaction(ctx, async (tx) => {
    const made = await insertTeam(tx, ctx.organizationId, row, teamsMax);
    if (!made) {
      const isTaken = await selectTeam(tx, ctx.organizationId, input.team);
      throw isTaken
        ? conflict(`There is a team ${input.team} already.`, "TEAM_EXISTS")
        : conflict(`There are already ${teamsMax} teams. Delete one first.`, "TOO_MANY_TEAMS");
    }
    await audit(tx, ctx, {
      event: "config.change",
      resource: { type: "team", id: made.team },
      details: { created: made.name, models: made.models },
    });
    return wire(made);
  });
}

/** Changes what is given. Throws `not_found`, and `conflict` for a built-in team. */
export async function updateTeam(ctx: Context, team: string, input: UpdateTeam): Promise<Team> {
  refuseBuiltIn(team);
  if (input.models) checkModels(input.models);
  return transaction(ctx, async (tx) => {
    const known = await lockTeam(tx, ctx.organizationId, team);
    if (!known) throw notFound("Team");
    const row: TeamRow = {
      team,
      name: input.name ?? known.name,
      description: input.description === undefined ? known.description : input.description,
      models: input.models ?? known.models,
    };
    await updateTeamRow(tx, ctx.organizationId, row);
    await audit(tx, ctx, {
      event: "config.change",
      resource: { type: "team", id: team },
      details: { changed: row.name },
    });
    return wire(row);
  });
}

/** Removes a team; its agents stay. Throws `not_found`, and `conflict` for a built-in team. */
export async function deleteTeam(ctx: Context, team: string): Promise<void> {
  refuseBuiltIn(team);
  await transaction(ctx, async (tx) => {
    if ((await deleteTeamRow(tx, ctx.organizationId, team)) === 0) throw notFound("Team");
    const resource = { type: "team", id: team };
    await audit(tx, ctx, { event: "config.change", resource, details: { deleted: team }, severity: "warning" });
  });
}
