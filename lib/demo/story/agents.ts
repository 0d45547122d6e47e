import { agentKind } from "#lib/agents/kind";
import { selectAgent } from "#lib/agents/queries";
import { Spawn, SpawnTeam } from "#lib/agents/schema";
import { cancelAgent } from "#lib/agents/service";
import { spawnAgent, spawnTeam } from "#lib/agents/spawn";
import type { Context } from "#lib/context";
import { colleagues, founder } from "#lib/demo/people";
import { answered } from "#lib/demo/steps";
import { carryOutHere } from "#lib/demo/story/claimed";
import { tasks } from "#lib/demo/texts";
import type { Scene } from "#lib/demo/timeline";
import { as, calendar, daysAgo, inOne, timesOf, type World, withKey } from "#lib/demo/world";
import { AppError } from "#lib/errors";
import type { Step } from "#lib/runs/schema";
import { heuristicScore } from "#lib/runs/strategies/evaluate";
import type { StrategyEvent } from "#lib/runs/strategies/step";
import { createTeam } from "#lib/teams/service";

export type Ending = "completed" | "failed" | "cancelled";

async function* worked(task: string, steps: readonly Step[], output: string, ending: Ending) {
  if (ending === "failed") throw new AppError("timeout", "Timeout", { reason: "TIMEOUT" });
  for (const [position, step] of steps.entries()) {
    const event: StrategyEvent = { type: "step", step, charge: null, position };
    yield event;
  }
  return { output, score: heuristicScore(task, output), model: steps.at(-1)?.model ?? "" };
}

/** Ends an agent that was spawned in the open transaction. */
export async function endAgent(
  ctx: Required<Context>,
  { signal }: World,
  agentId: string,
  { steps, output, ending }: { steps: readonly Step[]; output: string; ending: Ending },
): Promise<void> {
  if (ending === "cancelled") return void (await cancelAgent(ctx, agentId));
  const agent = await selectAgent(ctx.tx, ctx.organizationId, agentId);
  if (!agent) throw new Error("The agent was not stored.");
  await carryOutHere(
    ctx,
    agent.runId,
    { ...agentKind, begin: async () => worked(agent.task, steps, output, ending) },
    signal,
  );
}

const endings = [
  ["completed", 20],
  ["failed", 1],
  ["cancelled", 1],
] as const;

function agent(world: World, ago: number): Scene {
  const { random } = world;
  const [task, output] = random.pick(tasks);
  const model = random.weighted([
    ["k2p5", 5],
    ["sonnet", 4],
    ["opus", 1],
  ] as const);
  const ending = random.weighted(endings);
  const tokens = { inputTokens: random.between(9_000, 38_000), outputTokens: random.between(900, 6_000) };
  const steps = [answered(random, model, output, tokens)];
  const priority = random.weighted([
    ["normal", 6],
    ["high", 2],
    ["low", 2],
  ] as const);
  const isProgram = random.chance(0.5);
  const person = random.pick([founder, ...colleagues]);
  return {
    at: daysAgo(world, ago),
    play: () =>
      inOne(isProgram ? withKey(world, "Production") : as(world, person), async (ctx) => {
        const { agent_id } = await spawnAgent(ctx, Spawn.parse({ model, task, priority }));
        await endAgent(ctx, world, agent_id, { steps, output, ending });
      }),
  };
}

const teams = [
  ["team_research", ["sonnet", "opus"]],
  ["team_coding", ["k2p5", "sonnet"]],
  ["team_museum", ["sonnet", "k2p5", "sonnet"]],
] as const;

function team(world: World, ago: number): Scene {
  const { random } = world;
  const [name, models] = random.pick(ago < 58 ? teams : teams.slice(0, 2));
  const [task, output] = random.pick(tasks);
  const steps = models.map((model) => answered(random, model, output, { inputTokens: random.between(6_000, 20_000) }));
  return {
    at: daysAgo(world, ago),
    play: () =>
      inOne(as(world, founder), async (ctx) => {
        const { agent_id } = await spawnTeam(ctx, SpawnTeam.parse({ team: name, task }));
        await endAgent(ctx, world, agent_id, { steps, output, ending: "completed" });
      }),
  };
}

/** Agents and teams that worked by themselves; some failed, some were stopped. Nobody is left at work. */
export function agentScenes(world: World): Scene[] {
  const models = ["anthropic/claude-sonnet-4-6", "kimi-coding/k2p5", "anthropic/claude-sonnet-4-6"];
  const own = {
    team: "team_museum",
    name: "Museum team",
    description: "Drafts, checks and shortens texts for the Harbor Museum.",
    models,
  };
  return [
    { at: daysAgo(world, 60, 9), play: () => createTeam(as(world, founder), own) },
    ...calendar(world).flatMap(({ ago, load }) => [
      ...Array.from({ length: timesOf(world, 1.6 * load) }, () => agent(world, ago)),
      ...Array.from({ length: timesOf(world, 0.5 * load) }, () => team(world, ago)),
    ]),
    // The newest day has some in any case: it is what the budget page shows.
    ...Array.from({ length: 3 }, () => agent(world, 0)),
    team(world, 0),
  ];
}
