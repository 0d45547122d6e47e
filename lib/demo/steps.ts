import type { Random } from "#lib/demo/random";
import { catalogue, costMicros, type Model } from "#lib/models/catalogue";
import { listedMicros } from "#lib/runs/cost";
import type { Step } from "#lib/runs/schema";

/** How often which model is asked. */
export const modelWeights = [
  ["sonnet", 8],
  ["gpt4", 6],
  ["k2p5", 6],
  ["claude", 4],
  ["codex", 3],
  ["minimax-m2.5", 3],
  ["opus", 2],
] as const;

export function modelNamed(name: string): Model {
  const model = catalogue.find((one) => one.name === name);
  if (!model) throw new Error(`The catalogue has no model ${name}.`);
  return model;
}

type Given = Partial<Pick<Step, "name" | "score" | "feedback" | "round" | "inputTokens" | "outputTokens">>;

/** A call that nobody made, marked as what it is: the simulator's, which no provider asks money for. */
export function answered(random: Random, modelName: string, output: string, given: Given = {}): Step {
  const model = modelNamed(modelName);
  const { inputTokens = random.between(350, 5_200), outputTokens = random.between(120, 1_100) } = given;
  return {
    name: given.name ?? "generate",
    status: "completed",
    model: model.name,
    provider: model.provider,
    output,
    score: given.score ?? null,
    feedback: given.feedback ?? null,
    errorCode: null,
    errorMessage: null,
    simulated: true,
    inputTokens,
    outputTokens,
    costMicros: costMicros(model.price, inputTokens, outputTokens),
    listedMicros: listedMicros(model, inputTokens + outputTokens),
    round: given.round ?? null,
    latencyMs: 350 + outputTokens * random.between(7, 14),
  };
}

export const failures = [
  { errorCode: "timeout", errorMessage: "The model did not answer within 120 seconds.", latencyMs: 120_000 },
  { errorCode: "provider_unavailable", errorMessage: "The provider answered 503.", latencyMs: 1_840 },
  { errorCode: "rate_limited", errorMessage: "The provider's rate limit is reached.", latencyMs: 310 },
] as const;

/** A call that came to nothing. */
export function failed(random: Random, modelName: string): Step {
  const why = random.pick(failures);
  const nothing = { output: null, inputTokens: 0, outputTokens: 0, costMicros: 0, listedMicros: 0 };
  return { ...answered(random, modelName, ""), ...nothing, ...why, status: "failed" };
}
