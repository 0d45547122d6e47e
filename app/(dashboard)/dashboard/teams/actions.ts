"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { CreateTeam, type Team, UpdateTeam } from "#lib/teams/schema";
import { createTeam, deleteTeam, updateTeam } from "#lib/teams/service";
import { act } from "../../action";

const Named = z.object({ team: z.string().max(65) });
const Change = UpdateTeam.extend(Named.shape);

/** Registers a team. */
export async function createTeamAction(input: z.input<typeof CreateTeam>): Promise<ActionResult<Team>> {
  return act({ scope: "admin:write", input: CreateTeam }, input, createTeam);
}

/** Changes what is given. */
export async function updateTeamAction(input: z.input<typeof Change>): Promise<ActionResult<Team>> {
  return act({ scope: "admin:write", input: Change }, input, (ctx, { team, ...change }) =>
    updateTeam(ctx, team, change),
  );
}

/** Removes a team; its agents stay. */
export async function deleteTeamAction(input: z.input<typeof Named>): Promise<ActionResult<{ team: string }>> {
  return act({ scope: "admin:write", input: Named }, input, async (ctx, { team }) => {
    await deleteTeam(ctx, team);
    return { team };
  });
}
