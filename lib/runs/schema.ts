import type { ErrorCode } from "#lib/errors";

export type RunKind = "completion" | "chat" | "orchestration" | "agent" | "team" | "invocation" | "handoff";
export type RunStrategy = "passthrough" | "single" | "refine" | "team" | "debate";
export type RunStatus = "queued" | "running" | "completed" | "failed" | "cancelled";
export type StepName = "generate" | "evaluate" | "merge" | "summarize";

/** One model call as it is stored. Scores go from 0 to 10; `costMicros` is null when the price is unknown. */
export type Step = {
  name: StepName;
  status: "completed" | "failed" | "cancelled";
  model: string;
  provider: string;
  output: string | null;
  score: number | null;
  feedback: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  simulated: boolean;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  latencyMs: number;
  /** The pool account whose credential the call was made with. */
  accountId?: number | null;
  /** What sort of failure `errorCode` is. */
  errorKind?: ErrorCode | null;
  /** Counted from 1, where a strategy goes in rounds. */
  round?: number | null;
  /** Tokens at the catalogue's price per 1000, in micro-dollars; null when that is unknown. */
  listedMicros?: number | null;
};

export type NewRun = {
  kind: RunKind;
  strategy: RunStrategy;
  /** The model the caller named, if any. */
  model: string | null;
  /** What was asked, as the run's kind keeps it. */
  input: unknown;
  /** Higher is begun first; 0 unless said. */
  priority?: number;
  /** No model call goes on after it. */
  deadlineAt?: Date;
};

export type Run = {
  id: string;
  kind: RunKind;
  strategy: RunStrategy;
  status: RunStatus;
  model: string | null;
  output: string | null;
  score: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  simulated: boolean;
  inputTokens: number;
  outputTokens: number;
  costMicros: number | null;
  chargedMicros: number;
  apiKeyId: string | null;
  userId: string | null;
  requestId: string;
  createdAt: string;
  completedAt: string | null;
  /** Higher is begun first. */
  priority: number;
  /** How many workers have begun it, without those that handed it back. */
  attempts: number;
  deadlineAt: string | null;
};

/** `chargedMicros` is what was paid for it with credits, in micro-dollars. */
export type StoredStep = Step & { id: string; position: number; chargedMicros: number; createdAt: string };

/** One entry of what followers of a run see, numbered from 1 without gaps. */
export type RunEvent = { sequence: number; type: string; data: Record<string, unknown>; createdAt: string };

export type RunDetails = Run & { input: unknown; steps: StoredStep[]; events: RunEvent[] };

/** How a run ends. */
export type RunEnd =
  | { status: "completed"; output: string; score: number | null; model: string | null }
  | { status: "failed" | "cancelled"; errorCode: string; errorMessage: string };
