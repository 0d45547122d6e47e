import { followEvents } from "#components/follow-events";
import { type Failure, send, toFailure, toRecord } from "#components/request";
import type { Orchestration } from "#lib/orchestration/schema";
import { findRunAction } from "../actions";
import type { RunSettings } from "./settings";
import type { RunAction } from "./state";

export type Task = { prompt: string; domain: string /** Whose sessions these are, as a label. */; user: string };

/** The stored state is read at most this often, however fast events come. */
const lookMs = 1_000;
const triesMax = 5;

class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

const lost: Failure = {
  status: 0,
  message: "The connection was lost. The run goes on without this page: look for it under Runs.",
  code: null,
  requestId: null,
  fields: {},
};

/** Calls Baton's own API and answers with the document. Throws what it refuses. */
async function post(path: string, payload: Record<string, unknown>): Promise<Record<string, unknown>> {
  const answer = await send("POST", path, payload);
  if (!answer.ok) throw new Refused(answer.failure);
  return answer.body;
}

async function read(id: string): Promise<Orchestration> {
  const response = await fetch(`/api/orchestration/status/${id}`);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(toFailure(response, toRecord(body)));
  return body as Orchestration;
}

const hasEnded = ({ status }: Orchestration) => status !== "queued" && status !== "running";
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Tells the state as it is stored, soon after it was asked for and at most once a second. */
function looker(id: string, tell: (orchestration: Orchestration) => void) {
  let isAsked = false;
  let isLooking = false;
  return async function look(): Promise<void> {
    isAsked = true;
    if (isLooking) return;
    isLooking = true;
    while (isAsked) {
      isAsked = false;
      // What cannot be read now is read with the next event, at the latest with the last one.
      await read(id).then(tell, () => undefined);
      await wait(lookMs);
    }
    isLooking = false;
  };
}

/** The final state; asked for again when it cannot be had at once. */
async function readEnd(id: string): Promise<Orchestration> {
  for (let tries = 1; ; tries++) {
    try {
      const orchestration = await read(id);
      if (hasEnded(orchestration)) return orchestration;
    } catch (error) {
      if (tries >= triesMax) throw error;
    }
    if (tries >= triesMax) throw new Refused(lost);
    await wait(lookMs);
  }
}

type Column = {
  id: number;
  settings: RunSettings;
  /** Aborts when the run is to be stopped. */
  signal: AbortSignal;
  /** Aborts when nobody looks any more; the run goes on. */
  left: AbortSignal;
  dispatch: (action: RunAction) => void;
};

/**
 * Opens a session with one thread, starts an orchestration in it, and follows it to its end. What cannot be done is told as
 * a failure.
 */
export async function carryOut({ prompt, domain, user }: Task, { id, settings, signal, left, dispatch }: Column) {
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const { models, threshold, rounds, candidates, costLimit, quoteId } = settings;
  dispatch({ type: "started", id });
  try {
    const session = await post("/api/sessions/", {
      user_id: user,
      max_iterations: rounds,
      settings: { preferred_models: models, cost_limit: costLimit },
    });
    const sessionId = String(session._id);
    const thread = await post("/api/threads/", { session_id: sessionId, original_prompt: prompt, domain });
    if (signal.aborted) return dispatch({ type: "stopped", id, elapsedMs: elapsed() });
    const started = await post("/api/orchestration/start", {
      thread_id: String(thread._id),
      settings: { evaluation_threshold: threshold, candidates },
      ...(quoteId && { quote_id: quoteId }),
    });
    const orchestrationId = String(started._id);
    const stop = () => void send("POST", `/api/orchestration/cancel/${orchestrationId}`, {});
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    const { runId } = await findRunAction({ sessionId, orchestrationId });
    if (runId === null) throw new Refused(lost);
    dispatch({ type: "opened", id, sessionId, runId });
    await followRun({ id, runId, orchestrationId, dispatch, elapsed, left });
    if (left.aborted) return;
    // One session for each run: it is over with it.
    void send("PATCH", `/api/sessions/${sessionId}/status`, { status: "completed" });
  } catch (error) {
    dispatch({ type: "failed", id, failure: error instanceof Refused ? error.failure : lost, elapsedMs: elapsed() });
  }
}

type Started = Pick<Column, "id" | "dispatch" | "left"> & {
  runId: string;
  orchestrationId: string;
  elapsed: () => number;
};

async function followRun({ id, runId, orchestrationId, dispatch, elapsed, left }: Started): Promise<void> {
  const tell = (orchestration: Orchestration) => dispatch({ type: "stored", id, orchestration, elapsedMs: elapsed() });
  // A look that is still under way at the end would come too late, perhaps into the column's next run.
  let isOver = false;
  const look = looker(orchestrationId, (orchestration) => {
    if (!isOver) tell(orchestration);
  });
  await followEvents(`/api/runs/${runId}/events`, {
    after: 0,
    signal: left,
    onConnection: (connection) => dispatch({ type: "connection", id, isReconnecting: connection === "reconnecting" }),
    onEvent: ({ event, data }) => {
      dispatch({ type: "told", id, event: { type: event, data } });
      if (/^run\.(completed|failed|cancelled)$/.test(event)) return true;
      void look();
      return false;
    },
  });
  isOver = true;
  if (!left.aborted) tell(await readEnd(orchestrationId));
}
