import { z } from "zod";
import { agentStatuses } from "#lib/agents/fields";
import { listAgents as list } from "#lib/agents/list";
import { AgentDetails, AgentList, CancelledAgent, Spawn, Spawned, SpawnedTeam, SpawnTeam } from "#lib/agents/schema";
import { cancelAgent as cancel, getAgent as find } from "#lib/agents/service";
import { spawnAgent as spawn, spawnTeam as spawnMany, teamSize } from "#lib/agents/spawn";
import { adds, ends, reads, tool } from "#lib/mcp/tool";
import { runLink } from "#lib/mcp/uris";

const AgentId = z.object({ agent_id: z.string().min(1).max(100) });

export const spawnAgent = tool({
  name: "spawn_agent",
  title: "Spawn an agent",
  description:
    "Starts an agent that works on a task in the background, and answers with its id at once. Read its result with get_agent. Its estimated cost is held from the day's budget.",
  scope: "agents:write",
  counts: { family: "agency", limit: "spawn" },
  hints: adds,
  input: Spawn,
  output: Spawned,
  run: ({ ctx, input }) => spawn(ctx, input),
});

export const spawnTeam = tool({
  name: "spawn_team",
  title: "Spawn a team",
  description:
    "Starts a team of agents that work on a task in turn, in the background, under one agent id. Teams: team_coding, team_creative, team_research, team_business, and the organization's own. Each member counts as one spawn. Read the result with get_agent.",
  scope: "agents:write",
  counts: { family: "agency", limit: "spawn", calls: (ctx, input) => teamSize(ctx, input) },
  hints: adds,
  input: SpawnTeam,
  output: SpawnedTeam,
  run: ({ ctx, input }) => spawnMany(ctx, input),
});

export const getAgent = tool({
  name: "get_agent",
  title: "Get an agent",
  description: "Gets an agent or a team with its state, its result and what it cost (US dollars).",
  scope: "agents:read",
  counts: { family: "agency" },
  hints: reads,
  input: AgentId,
  output: AgentDetails,
  links: (output) => [runLink(output.run_id)],
  run: ({ ctx, input }) => find(ctx, input.agent_id),
});

export const listAgents = tool({
  name: "list_agents",
  title: "List agents",
  description: "Lists agents and teams, newest first unless sorted otherwise, with sums over all that match.",
  scope: "agents:read",
  counts: { family: "agency", limit: "agents" },
  hints: reads,
  input: z.object({
    status: z.enum(agentStatuses).optional(),
    model: z.string().max(200).optional(),
    team: z.string().max(100).optional(),
    sort: z.enum(["-created_at", "created_at", "-cost", "cost", "status", "-status"]).optional(),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(4_096).optional().meta({ description: "pagination.cursor of the page before." }),
  }),
  output: AgentList.omit({ links: true }),
  run: ({ ctx, input }) => list(ctx, { ...input, limit: String(input.limit) }),
});

export const cancelAgent = tool({
  name: "cancel_agent",
  title: "Cancel an agent",
  description: "Cancels an agent or a team that has not ended, and gives back what was held for it and not used.",
  scope: "agents:write",
  counts: { family: "agency" },
  hints: ends,
  input: AgentId,
  output: CancelledAgent,
  run: ({ ctx, input }) => cancel(ctx, input.agent_id),
});
