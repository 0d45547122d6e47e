import type { Failure } from "#components/request";
import type { Orchestration } from "#lib/orchestration/schema";
import { type Round, type RunEvent, told, withResults } from "./rounds";
import { type TypedSettings, usualSettings } from "./settings";

export type RunStatus = "idle" | "starting" | "running" | "completed" | "failed" | "stopped";

/** One setting of the playground and its latest run. Costs are US dollars. */
export type RunColumn = {
  id: number;
  settings: TypedSettings;
  status: RunStatus;
  sessionId: string | null;
  runId: string | null;
  rounds: Round[];
  output: string | null;
  score: number | null;
  stopReason: Orchestration["stop_reason"];
  /** The quoted tokens were used up. */
  isCutShort: boolean;
  cost: number;
  isSimulated: boolean;
  isReconnecting: boolean;
  totalMs: number | null;
  failure: Failure | null;
};

export type RunAction =
  | { type: "added" }
  | { type: "removed"; id: number }
  | { type: "changed"; id: number; settings: TypedSettings }
  | { type: "started"; id: number }
  | { type: "opened"; id: number; sessionId: string; runId: string | null }
  | { type: "told"; id: number; event: RunEvent }
  | { type: "stored"; id: number; orchestration: Orchestration; elapsedMs: number }
  | { type: "connection"; id: number; isReconnecting: boolean }
  | { type: "stopped"; id: number; elapsedMs: number }
  | { type: "failed"; id: number; failure: Failure; elapsedMs: number };

export const columnsMax = 2;

const blank = {
  status: "idle" as const,
  sessionId: null,
  runId: null,
  rounds: [],
  output: null,
  score: null,
  stopReason: null,
  isCutShort: false,
  cost: 0,
  isSimulated: false,
  isReconnecting: false,
  totalMs: null,
  failure: null,
};

/** A column that has not run. */
export function newRunColumn(id: number, settings: TypedSettings = usualSettings): RunColumn {
  return { id, settings, ...blank };
}

export const isAtWork = ({ status }: Pick<RunColumn, "status">) => status === "starting" || status === "running";

/** The columns after something happened to one of them; the others stay as they are. */
export function reduceRuns(columns: RunColumn[], action: RunAction): RunColumn[] {
  if (action.type === "added") {
    const [first] = columns;
    if (!first || columns.length >= columnsMax) return columns;
    return [...columns, newRunColumn(Math.max(...columns.map(({ id }) => id)) + 1, first.settings)];
  }
  if (action.type === "removed") return columns.filter(({ id }) => id !== action.id);
  return columns.map((column) => (column.id === action.id ? reduceRun(column, action) : column));
}

function reduceRun(column: RunColumn, action: Exclude<RunAction, { type: "added" | "removed" }>): RunColumn {
  switch (action.type) {
    case "changed":
      return { ...column, settings: action.settings };
    case "started":
      return { ...column, ...blank, status: "starting" };
    case "opened": {
      const { sessionId, runId } = action;
      return { ...column, status: "running", sessionId, runId };
    }
    case "told":
      return { ...column, rounds: told(column.rounds, action.event) };
    case "stored":
      return stored(column, action.orchestration, action.elapsedMs);
    case "connection":
      return { ...column, isReconnecting: action.isReconnecting };
    case "stopped":
      return { ...column, status: "stopped", isReconnecting: false, totalMs: action.elapsedMs };
    case "failed":
      return { ...column, status: "failed", failure: action.failure, isReconnecting: false, totalMs: action.elapsedMs };
  }
}

const ends: Partial<Record<Orchestration["status"], RunStatus>> = {
  completed: "completed",
  failed: "failed",
  cancelled: "stopped",
};

/** A column after its run was read. */
function stored(column: RunColumn, orchestration: Orchestration, elapsedMs: number): RunColumn {
  const { error, status } = orchestration;
  const end = ends[status];
  return {
    ...column,
    rounds: withResults(column.rounds, orchestration.results),
    cost: orchestration.total_cost,
    isSimulated: orchestration.simulated ?? false,
    output: orchestration.final_response,
    score: orchestration.final_score,
    stopReason: orchestration.stop_reason,
    isCutShort: orchestration.quote_limit_reached ?? false,
    ...(end && { status: end, isReconnecting: false, totalMs: elapsedMs }),
    failure:
      status === "failed"
        ? { status: 200, message: error ?? "The run failed.", code: null, requestId: null, fields: {} }
        : column.failure,
  };
}

/** The column with the better result once all have ended; null while some work, with one alone, and when they are equal. */
export function winnerOf(columns: readonly RunColumn[]): number | null {
  const [first, second] = columns;
  if (!first || !second || columns.some((column) => isAtWork(column))) return null;
  if (first.score === null && second.score === null) return null;
  if (first.score === second.score) return null;
  return (first.score ?? -1) > (second.score ?? -1) ? first.id : second.id;
}
