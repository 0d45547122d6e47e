import { toRecord } from "#components/request";
import type { Context } from "#lib/context";
import { AppError } from "#lib/errors";
import { getRunOrigin } from "#lib/runs/list";
import type { RunOrigin } from "#lib/runs/list-queries";
import { getRun } from "#lib/runs/service";
import { askedOf } from "../runs/asked";
import { type TypedSettings, usualSettings } from "./orchestrate/settings";

export const modes = ["compare", "orchestrate"] as const;
export type Mode = (typeof modes)[number];

/** What the playground begins with. */
export type Filled = { mode: Mode; prompt: string; model: string | null; domain: string; settings: TypedSettings };

const empty: Filled = { mode: "compare", prompt: "", model: null, domain: "general", settings: usualSettings };

const asText = (value: unknown, usual: string) => (typeof value === "number" ? String(value) : usual);

/** What an orchestration was set to, or what a completion with `baton/refine` brought along. */
function settingsOf(origin: RunOrigin, sent: Record<string, unknown>): TypedSettings {
  const models = origin.preferredModels ?? (Array.isArray(sent.models) ? sent.models.map(String) : []);
  const isOrchestration = origin.orchestrationId !== null;
  return {
    models,
    threshold: asText(origin.threshold ?? sent.threshold, usualSettings.threshold),
    rounds: asText(origin.maxIterations ?? sent.max_rounds, usualSettings.rounds),
    candidates: asText(origin.candidates, usualSettings.candidates),
    costLimit: asText(origin.costLimit, isOrchestration ? "" : usualSettings.costLimit),
    // A quote is done by one run: a replay is not sold under it again.
    quote: "",
  };
}

/** The playground as a run was: its prompt and its settings. Empty for a run that is not there. */
export async function fillFrom(ctx: Context, runId: string): Promise<Filled> {
  if (runId === "") return empty;
  try {
    const [run, origin] = await Promise.all([getRun(ctx, runId), getRunOrigin(ctx, runId)]);
    const asked = askedOf(run.input);
    const { domain } = toRecord(run.input);
    return {
      mode: run.strategy === "refine" ? "orchestrate" : "compare",
      prompt: asked && "prompt" in asked ? asked.prompt : "",
      model: run.model,
      domain: typeof domain === "string" ? domain : "general",
      settings: settingsOf(origin, toRecord(toRecord(run.input).settings)),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return empty;
    throw error;
  }
}
