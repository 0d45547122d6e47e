import { z } from "zod";
import { microsToDollars } from "#lib/pricing/decimal";
import { runKinds, runStatuses, runStrategies } from "#lib/runs/list-schema";
import type { Run, RunDetails } from "#lib/runs/schema";

const Time = z.iso.datetime();
const Dollars = z.number().nullable().meta({ description: "US dollars; null when the price is not known." });
const toDollars = (micros: number | null) => (micros === null ? null : microsToDollars(micros));

/** A run as tools and resources show it. Scores go from 0 to 10. */
export const RunView = z.object({
  run_id: z.uuid(),
  kind: z.enum(runKinds),
  strategy: z.enum(runStrategies),
  status: z.enum(runStatuses),
  model: z.string().nullable(),
  output: z.string().nullable(),
  score: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  simulated: z.boolean().meta({ description: "Whether the simulator answered instead of a model." }),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost: Dollars,
  created_at: Time,
  completed_at: Time.nullable(),
});
export type RunView = z.infer<typeof RunView>;

const StepView = z.object({
  name: z.string(),
  status: z.string(),
  model: z.string(),
  output: z.string().nullable(),
  score: z.number().nullable(),
  error: z.string().nullable(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost: Dollars,
  latency_ms: z.int(),
  created_at: Time,
});

export const RunDetailsView = RunView.extend({
  input: z.unknown().meta({ description: "What was asked, as the run's kind keeps it." }),
  steps: z.array(StepView).meta({ description: "The model calls, in order." }),
});
export type RunDetailsView = z.infer<typeof RunDetailsView>;

export function runView(run: Run): RunView {
  const { errorCode: code, errorMessage: message } = run;
  return {
    run_id: run.id,
    kind: run.kind,
    strategy: run.strategy,
    status: run.status,
    model: run.model,
    output: run.output,
    score: run.score,
    error: code === null ? null : { code, message: message ?? "" },
    simulated: run.simulated,
    input_tokens: run.inputTokens,
    output_tokens: run.outputTokens,
    cost: toDollars(run.costMicros),
    created_at: run.createdAt,
    completed_at: run.completedAt,
  };
}

export function runDetailsView(run: RunDetails): RunDetailsView {
  const steps = run.steps.map((step) => ({
    name: step.name,
    status: step.status,
    model: step.model,
    output: step.output,
    score: step.score,
    error: step.errorMessage,
    input_tokens: step.inputTokens,
    output_tokens: step.outputTokens,
    cost: toDollars(step.costMicros),
    latency_ms: step.latencyMs,
    created_at: step.createdAt,
  }));
  return { ...runView(run), input: run.input ?? null, steps };
}
