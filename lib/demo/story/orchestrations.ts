import { colleagues } from "#lib/demo/people";
import { answered, modelNamed } from "#lib/demo/steps";
import { carryOutHere } from "#lib/demo/story/claimed";
import { type Topic, topics } from "#lib/demo/texts";
import type { Scene } from "#lib/demo/timeline";
import { as, daysAgo, inOne, type World, withKey } from "#lib/demo/world";
import { AppError } from "#lib/errors";
import { orchestrationKind } from "#lib/orchestration/kind";
import { startOrchestration } from "#lib/orchestration/orchestrations";
import { selectOrchestration } from "#lib/orchestration/run-queries";
import { changeSessionStatus, createSession, createThread } from "#lib/orchestration/service";
import type { TaskParts } from "#lib/runs/kind";
import type { Step } from "#lib/runs/schema";
import type { RoundsResult } from "#lib/runs/strategies/rounds";
import type { StrategyEvent } from "#lib/runs/strategies/step";

const perVolume = 46;
const threshold = 8;
const roundsMax = 4;
const endUsers = ["museum-team", "booking-widget", "newsletter", "support-desk"] as const;

type Round = { model: string; answer: Step; judged: Step; reasoning: string };

/** Round by round a better answer of another model, each judged. */
function roundsOf({ random }: World, topic: Topic): Round[] {
  const models = [random.pick(["k2p5", "minimax-m2.5"]), random.pick(["sonnet", "claude", "gpt4"]), "opus"];
  const count = random.weighted([
    [1, 2],
    [2, 4],
    [3, 2],
  ] as const);
  return models.slice(3 - count).map((model, index) => {
    const number = index + 1;
    const isLast = number === count;
    const score = isLast ? random.between(81, 96) / 10 : random.between(54, 74) / 10;
    const feedback = isLast ? "Concrete, complete and short." : topic.feedback;
    const judge = model === "gpt4" ? "claude" : "gpt4";
    return {
      model,
      answer: answered(random, model, isLast ? topic.answer : topic.draft, { round: number }),
      judged: answered(random, judge, feedback, { name: "evaluate", score, feedback, round: number, outputTokens: 70 }),
      reasoning: `${model} costs $${modelNamed(model).costPer1kTokens} per 1000 tokens.`,
    };
  });
}

async function* told(rounds: readonly Round[], isBroken: boolean, parts: TaskParts) {
  let position = 0;
  const step = (one: Step): StrategyEvent => ({ type: "step", step: one, charge: null, position: position++ });
  for (const [index, { model, answer, judged, reasoning }] of rounds.entries()) {
    const round = index + 1;
    const seen = { round, position };
    await parts.tell("model_selected", `model_selected:${round}`, { model_name: model, reasoning, round });
    if (isBroken) throw new AppError("unavailable", "No model can answer at the moment.");
    yield step(answer);
    await parts.tell("response_generated", `response_generated:${round}`, {
      model_name: model,
      response_preview: answer.output?.slice(0, 100) ?? "",
      tokens_used: answer.inputTokens + answer.outputTokens,
      ...seen,
    });
    yield step(judged);
    const { score, feedback } = judged;
    const evaluation = { evaluator_model: judged.model, score, feedback, ...seen };
    await parts.tell("evaluation_completed", `evaluation_completed:${round}`, evaluation);
  }
  const last = rounds.at(-1);
  if (!last) throw new Error("An orchestration has at least one round.");
  const result: RoundsResult = {
    output: last.answer.output ?? "",
    score: last.judged.score,
    model: last.model,
    rounds: rounds.length,
    stopReason: "threshold",
  };
  return result;
}

/** A session of an end user with one thread, orchestrated to its end; most sessions are over afterwards. */
function session(world: World, ago: number): Scene {
  const { random, signal } = world;
  const topic = random.pick(topics);
  const rounds = roundsOf(world, topic);
  const isBroken = random.chance(0.06);
  const user_id = random.pick(endUsers);
  const isOver = ago > 14 || (ago > 2 && random.chance(0.6));
  const isProgram = random.chance(0.6);
  const person = random.pick(colleagues);
  const kind = {
    ...orchestrationKind,
    begin: async (_ctx: unknown, _run: unknown, parts: TaskParts) => told(rounds, isBroken, parts),
  };
  const asked = { max_iterations: roundsMax, preferred_models: rounds.map(({ model }) => model) };
  return {
    at: daysAgo(world, ago),
    play: () =>
      inOne(isProgram ? withKey(world, "Production") : as(world, person), async (ctx) => {
        const settings = { preferred_models: asked.preferred_models, cost_limit: 5 };
        const { _id: session_id } = await createSession(ctx, { user_id, max_iterations: roundsMax, settings });
        const { _id: thread_id } = await createThread(ctx, {
          session_id,
          original_prompt: topic.prompt,
          domain: topic.domain,
        });
        const started = await startOrchestration(ctx, {
          thread_id,
          settings: { ...asked, evaluation_threshold: threshold, candidates: 1 },
        });
        const row = await selectOrchestration(ctx.tx, ctx, started._id);
        if (!row) throw new Error("The orchestration was not stored.");
        await carryOutHere(ctx, row.runId, kind, signal);
        if (isOver) await changeSessionStatus(ctx, session_id, { status: "completed" });
      }),
  };
}

/** Answers that were refined over rounds, spread over the whole story. */
export function orchestrationScenes(world: World): Scene[] {
  const count = Math.max(4, Math.round(perVolume * world.volume));
  return Array.from({ length: count }, (_, index) => session(world, Math.round((index * (world.days - 2)) / count)));
}
