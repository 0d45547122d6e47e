import { Spawn } from "#lib/agents/schema";
import { spawnAgent } from "#lib/agents/spawn";
import { colleagues, founder } from "#lib/demo/people";
import { answered } from "#lib/demo/steps";
import { endAgent } from "#lib/demo/story/agents";
import { tasks } from "#lib/demo/texts";
import type { Scene } from "#lib/demo/timeline";
import { as, calendar, daysAgo, inOne, timesOf, type World, withKey } from "#lib/demo/world";
import { DecisionInput } from "#lib/pricing/decisions/schema";
import { createDecision, declineDecision } from "#lib/pricing/decisions/service";
import { closeException, openException } from "#lib/pricing/exceptions/service";
import { completeExperiment, createExperiment } from "#lib/pricing/experiments/service";
import { segments } from "#lib/pricing/names";
import { updatePolicy } from "#lib/pricing/policy/service";
import { QuoteInput, type Scenario } from "#lib/pricing/quotes/schema";
import { createQuote, evaluateScenarios } from "#lib/pricing/quotes/service";
import { createScenarioSet } from "#lib/pricing/scenarios/service";

/** A request that its guard-rail refuses: dear work, sold with the smallest markup. */
const below = {
  model: "opus",
  estimated_input: 20_000,
  estimated_output: 10_000,
  complexity: "low",
  segment: "startup",
};
const subjects = ["harbor-museum", "ferry-line", "city-library", "theatre-north", "bakery-coop", "film-days"] as const;

const dealDesk = colleagues[0] ?? founder;

/** A request as a sales person makes it. */
function request({ random }: World) {
  const estimated_input = random.between(20, 90) * 1_000;
  return {
    model: random.weighted([
      ["k2p5", 4],
      ["sonnet", 5],
      ["opus", 1],
    ] as const),
    estimated_input,
    estimated_output: Math.round(estimated_input * (0.2 + 0.3 * random.next())),
    complexity: random.pick(["low", "medium", "high"] as const),
    segment: random.pick(segments),
    delivery_type: random.weighted([
      ["task", 7],
      ["subscription", 2],
      ["enterprise", 1],
    ] as const),
  };
}

function decision(world: World, ago: number, experiments: readonly string[]): Scene {
  const input = DecisionInput.parse(request(world));
  const isTested = world.random.chance(0.5);
  const subject = world.random.pick(subjects);
  return {
    at: daysAgo(world, ago),
    play: () => {
      const [running] = experiments;
      const under = isTested && running ? { experiment_id: running, subject } : {};
      return createDecision(as(world, dealDesk), { ...input, ...under });
    },
  };
}

/** Work that was sold and done: the quote, and the agent that kept it. */
function soldWork(world: World, ago: number): Scene {
  const { random } = world;
  const input = { ...request(world), model: random.pick(["k2p5", "sonnet"] as const) };
  const [task, output] = random.pick(tasks);
  const share = 0.7 + 0.25 * random.next();
  const tokens = {
    inputTokens: Math.round(input.estimated_input * share),
    outputTokens: Math.round(input.estimated_output * share),
  };
  const steps = [answered(random, input.model, output, tokens)];
  return {
    at: daysAgo(world, ago),
    play: () =>
      inOne(withKey(world, "Production"), async (ctx) => {
        const { quote_id } = await createQuote(ctx, QuoteInput.parse(input));
        const { agent_id } = await spawnAgent(ctx, Spawn.parse({ model: input.model, task, quote_id }));
        await endAgent(ctx, world, agent_id, { steps, output, ending: "completed" });
      }),
  };
}

type Fate = { ago: number; reason?: string; closedAgo?: number; note?: string; isDeclined?: boolean };

/** What was escalated: excepted and closed, excepted and still open at several ages, declined, or waiting. */
const fates: readonly Fate[] = [
  {
    ago: 88,
    reason: "First order of a museum we want to keep.",
    closedAgo: 80,
    note: "Second order came at list price.",
  },
  { ago: 61, reason: "Agreed by phone before the policy changed.", closedAgo: 47, note: "Invoiced as agreed." },
  { ago: 40, isDeclined: true },
  { ago: 26, reason: "Pilot with the ferry line, three months." },
  { ago: 16, reason: "Matches an offer they showed us.", closedAgo: 9, note: "Renegotiated at 58 %." },
  { ago: 10, reason: "Charity rate for the theatre's youth club." },
  { ago: 4, reason: "Startup programme, capped at two months." },
  { ago: 3, isDeclined: true },
  { ago: 2 },
  { ago: 1 },
];

function escalated(world: World, { ago, reason, closedAgo, note = "", isDeclined }: Fate): Scene[] {
  const ctx = as(world, dealDesk);
  let exceptionId = "";
  const opening: Scene = {
    at: daysAgo(world, ago, 10),
    async play() {
      const { decision_id } = await createDecision(ctx, DecisionInput.parse({ ...below, approver: "deal-desk" }));
      if (isDeclined) await declineDecision(ctx, decision_id);
      if (reason) exceptionId = (await openException(ctx, { decision_id, reason })).exception.exception_id;
    },
  };
  const closing = (at: number): Scene => ({
    at: daysAgo(world, at, 15),
    play: () => closeException(ctx, exceptionId, { note }),
  });
  return closedAgo === undefined ? [opening] : [opening, closing(closedAgo)];
}

const scenarios: Scenario[] = segments.map((segment) => ({
  model: "sonnet",
  estimated_input: 60_000,
  estimated_output: 18_000,
  complexity: "medium",
  segment,
}));

/** The pricing desk's months: a policy and its change, an experiment, quotes, decisions, exceptions, and work that was sold. */
export function pricingScenes(world: World): Scene[] {
  const ctx = as(world, founder);
  const running: string[] = [];
  const experiment = (ago: number, name: string, markup_adjustment: number): Scene => ({
    at: daysAgo(world, ago, 8),
    async play() {
      running[0] = (await createExperiment(ctx, { name, markup_adjustment })).experiment.experiment_id;
    },
  });
  const set = { name: "Newsletter package", delivery_type: "task", scenarios } as const;
  return [
    {
      at: daysAgo(world, 75, 9),
      play: () => updatePolicy(ctx, { margin_thresholds: { task: 60 }, note: "Tasks keep 60 % from May on." }),
    },
    experiment(90, "Spring prices", 0.2),
    {
      at: daysAgo(world, 52, 17),
      async play() {
        const [id] = running.splice(0);
        if (id) await completeExperiment(ctx, id);
      },
    },
    experiment(30, "A little dearer for newcomers", 0.3),
    {
      at: daysAgo(world, 35, 11),
      async play() {
        await createScenarioSet(ctx, set);
        await evaluateScenarios(ctx, set);
      },
    },
    ...fates.flatMap((fate) => escalated(world, fate)),
    ...calendar(world).flatMap(({ ago, load }) => [
      ...Array.from({ length: timesOf(world, 0.9 * load) }, () => decision(world, ago, running)),
      ...Array.from({ length: timesOf(world, 0.35 * load) }, () => soldWork(world, ago)),
    ]),
    soldWork(world, 6),
    soldWork(world, 13),
  ];
}
