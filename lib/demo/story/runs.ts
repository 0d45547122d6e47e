import { insertTurns, upsertSession } from "#lib/chat/queries";
import type { Context } from "#lib/context";
import { colleagues, founder } from "#lib/demo/people";
import { answered, failed, modelWeights } from "#lib/demo/steps";
import { type Topic, topics } from "#lib/demo/texts";
import type { Scene } from "#lib/demo/timeline";
import { as, calendar, daysAgo, inOne, type KeyName, timesOf, type World, withKey } from "#lib/demo/world";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import type { NewRun, Step } from "#lib/runs/schema";
import { completeRun, failRun, recordStep, startRun } from "#lib/runs/service";

const keyNames = [
  ["Production", 6],
  ["Website", 3],
  ["CI", 1],
] as const satisfies readonly (readonly [KeyName, number])[];

type Told = { output: string; score: number | null; model: string };

/** A run from its start to its end, with its steps; one whose last step failed is failed. */
export async function storeRun(ctx: Required<Context>, run: NewRun, steps: readonly Step[], told: Told) {
  const { id } = await startRun(ctx, run);
  for (const step of steps) await recordStep(ctx, id, step);
  const last = steps.at(-1);
  if (last?.status !== "failed") {
    await completeRun(ctx, id, told);
    return { id, isCompleted: true };
  }
  const { errorCode, errorMessage } = last;
  await failRun(ctx, id, { status: "failed", errorCode: errorCode ?? "failed", errorMessage: errorMessage ?? "" });
  return { id, isCompleted: false };
}

async function use(ctx: Required<Context>, what: string, model: string, runId: string, steps: readonly Step[]) {
  const details = { model, runId, costMicros: providerCost([...steps]) };
  await recordUsage(ctx.tx, ctx, "invocation", `${what} with ${model}`, undefined, details);
}

function completion(world: World, ago: number): Scene {
  const { random } = world;
  const model = random.weighted(modelWeights);
  const key = random.weighted(keyNames);
  const { answer } = random.pick(topics);
  const step = random.chance(0.03) ? failed(random, model) : answered(random, model, answer);
  const run = { kind: "completion", strategy: "passthrough", model, input: null } as const;
  return {
    at: daysAgo(world, ago, random.between(6, 21)),
    play: () =>
      inOne(withKey(world, key), async (ctx) => {
        const { id, isCompleted } = await storeRun(ctx, run, [step], { output: answer, score: null, model });
        if (isCompleted) await use(ctx, "Completion", model, id, [step]);
      }),
  };
}

type Conversation = { strategy: "single" | "refine" | "debate"; steps: Step[]; score: number };

/** An answer as it is, refined once, or argued about by two and judged by a third. */
function converse({ random }: World, model: string, { draft, answer, feedback }: Topic): Conversation {
  const strategy = random.weighted([
    ["single", 5],
    ["refine", 3],
    ["debate", 2],
  ] as const);
  const score = random.between(76, 96) / 10;
  const other = model === "opus" ? "sonnet" : "opus";
  const judged = { name: "evaluate", score, outputTokens: 60 } as const;
  if (strategy === "single") return { strategy, score, steps: [answered(random, model, answer)] };
  const first = answered(random, model, draft, { round: 1 });
  const second = answered(random, strategy === "debate" ? other : model, answer, {
    round: strategy === "debate" ? 1 : 2,
  });
  const doubt = { name: "evaluate", score: random.between(52, 70) / 10, feedback, round: 1, outputTokens: 80 } as const;
  const last = answered(random, "gpt4", "Good.", { ...judged, feedback: "Concrete and short.", round: 2 });
  const middle = strategy === "refine" ? [answered(random, "gpt4", feedback, doubt)] : [];
  return { strategy, score, steps: [first, ...middle, second, last] };
}

function chat(world: World, ago: number, number: number): Scene {
  const { random } = world;
  const topic = random.pick(topics);
  const model = random.weighted(modelWeights);
  const { strategy, steps, score } = converse(world, model, topic);
  const person = random.pick([founder, ...colleagues]);
  const sessionId = `studio-${person.email.split(".")[0]}-${Math.floor(number / 4)}`;
  const asked = { session_id: sessionId, message: topic.prompt, mode: "balanced", swarm_type: null };
  const run = { kind: "chat", strategy, model: null, input: asked } as const;
  return {
    at: daysAgo(world, ago),
    play: () =>
      inOne(as(world, person), async (ctx) => {
        const { id: runId } = await storeRun(ctx, run, steps, { output: topic.answer, score, model });
        const session = await upsertSession(ctx.tx, ctx, sessionId);
        const turns = { chatSessionId: session.id, message: topic.prompt, response: topic.answer, runId };
        await insertTurns(ctx.tx, ctx, turns);
        await use(ctx, "Chat", model, runId, steps);
        await recordEvent(ctx.tx, ctx, "chat.completed", { session_id: sessionId, model, simulated: true });
      }),
  };
}

/** Completions of the studio's programs and chats of its people, day by day. */
export function runScenes(world: World): Scene[] {
  let chats = 0;
  return calendar(world).flatMap(({ ago, load }) => [
    ...Array.from({ length: timesOf(world, 7 * load) }, () => completion(world, ago)),
    ...Array.from({ length: timesOf(world, 2.5 * load) }, () => chat(world, ago, chats++)),
  ]);
}
