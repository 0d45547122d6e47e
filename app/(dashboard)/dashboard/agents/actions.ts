"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { type CancelledAgent, Spawn, type Spawned, type SpawnedTeam, SpawnTeam } from "#lib/agents/schema";
import { cancelAgent, listActiveAgents } from "#lib/agents/service";
import { spawnAgent, spawnTeam } from "#lib/agents/spawn";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { act } from "../../action";

const Named = z.object({ agent_id: z.string().max(100) });

/** Spawns an agent. */
export async function spawnAgentAction(input: z.input<typeof Spawn>): Promise<ActionResult<Spawned>> {
  return act({ scope: "agents:write", input: Spawn }, input, spawnAgent);
}

/** Spawns a team under one agent id. */
export async function spawnTeamAction(input: z.input<typeof SpawnTeam>): Promise<ActionResult<SpawnedTeam>> {
  return act({ scope: "agents:write", input: SpawnTeam }, input, spawnTeam);
}

/** Stops an agent; what was held for it and is not spent is free again. */
export async function cancelAgentAction(input: z.input<typeof Named>): Promise<ActionResult<CancelledAgent>> {
  return act({ scope: "agents:write", input: Named }, input, (ctx, { agent_id }) => cancelAgent(ctx, agent_id));
}

/** What came free with an agent's end; nothing when it had ended by itself meanwhile. */
async function stop(ctx: Context, agentId: string): Promise<number | null> {
  try {
    return (await cancelAgent(ctx, agentId)).refund;
  } catch (error) {
    if (error instanceof AppError && error.code === "conflict") return null;
    throw error;
  }
}

/** Stops every agent that waits or works. Each is stopped by itself: what has ended meanwhile keeps none of the others. */
export async function stopAllAction(): Promise<ActionResult<{ cancelled: number; refund: number }>> {
  return act({ scope: "agents:write", input: z.undefined() }, undefined, async (ctx) => {
    const { agents } = await listActiveAgents(ctx);
    let [cancelled, refund] = [0, 0];
    for (const { agent_id } of agents) {
      const freed = await stop(ctx, agent_id);
      if (freed !== null) [cancelled, refund] = [cancelled + 1, refund + freed];
    }
    return { cancelled, refund };
  });
}
