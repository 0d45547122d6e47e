import type { Tone } from "#components/ui/badge";
import type { RunSort } from "#lib/runs/list-schema";
import type { RunKind, RunStatus, RunStrategy, StepName } from "#lib/runs/schema";

export const statusWords: Record<RunStatus, { tone: Tone; label: string }> = {
  queued: { tone: "neutral", label: "Queued" },
  running: { tone: "accent", label: "Running" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

export const kindWords: Record<RunKind, string> = {
  completion: "Completion",
  chat: "Chat",
  orchestration: "Orchestration",
  agent: "Agent",
  team: "Team",
  invocation: "Invocation",
  handoff: "Hand-over",
};

export const strategyWords: Record<RunStrategy, string> = {
  passthrough: "Passed through",
  single: "Single call",
  refine: "Refined in rounds",
  team: "Members in turn",
  debate: "Debate",
};

export const stepWords: Record<StepName, string> = {
  generate: "Answer",
  evaluate: "Evaluation",
  merge: "Merge",
  summarize: "Summary",
};

export const sortWords: Record<RunSort, string> = {
  newest: "Newest first",
  oldest: "Oldest first",
  cost: "Dearest first",
  tokens: "Most tokens first",
  duration: "Longest first",
};

export const isUnderWay = (status: RunStatus) => status === "queued" || status === "running";

const advice: Record<string, string> = {
  interrupted: "Start it again. If it happens often, look at the server's memory and log.",
  provider_not_configured: "Add a key for the provider under Models, or choose another model.",
  provider_paused: "The provider is given a short pause. Try again in a minute, or use another model.",
  provider_busy: "Too many calls are under way. Try again in a moment.",
  cost_limit: "Raise the session's cost limit, or choose cheaper models or fewer rounds.",
  quote_used_up: "Make a new quote with more tokens, or ask for less: fewer rounds, a shorter prompt.",
  insufficient_credits: "Buy credits under Billing, or bring a provider's key of your own under Models.",
  payment_required: "Buy credits under Billing, or bring a provider's key of your own under Models.",
  run_timeout: "Try again with fewer rounds, a shorter prompt or a faster model.",
  timeout: "Try again with a shorter prompt or a faster model.",
  rate_limited: "Wait a moment, then try again, or use another provider.",
  unusable_answer: "The judge did not answer in the form it was asked for. Another model may judge better.",
  cancelled: "Somebody stopped it. Start it again when you want.",
  not_found: "The model is no longer there. Choose another one under Models.",
};

/** What a reader can do about a run that failed. */
export function adviceFor(code: string | null): string {
  return (
    advice[code?.toLowerCase() ?? ""] ?? "Look at the step that failed, then replay it with another model or setting."
  );
}
