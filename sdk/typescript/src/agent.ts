import type { Baton } from "./client.ts";
import { BatonError } from "./errors.ts";
import type { Operations } from "./generated.ts";
import { sleep } from "./retry.ts";

type Details = Operations["GET /api/agent/{id}"]["response"];
type Spawned = {
  agent_id: string;
  model: string;
  status: Details["status"];
  estimated_cost: number;
  models?: string[];
};

export type AgentResult = {
  agent_id: string;
  model: string;
  output: string;
  /** The first paragraph of the output. */
  summary: string;
  /** The items of the lists in the output. */
  issues: string[];
  /** US dollars. */
  cost: number;
};

export type WaitOptions = { signal?: AbortSignal /** Milliseconds; for ever unless said. */; timeoutMs?: number };

export type Agent = {
  agent_id: string;
  model: string;
  /** The members of a team. */
  models: string[];
  /** As it was when the agent was spawned. */
  status: Details["status"];
  /** US dollars. */
  estimated_cost: number;
  /** Everything about the agent as it is now. */
  details(): Promise<Details>;
  /** Waits for the result. Throws `BatonError` with code `agent_failed`, `agent_cancelled`, or `timeout`. */
  waitForCompletion(options?: WaitOptions): Promise<AgentResult>;
  cancel(): Promise<Operations["DELETE /api/agent/{id}"]["response"]>;
};

const item = /^\s*(?:[-*+•]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(\S.*)$/;

/** What a program reads out of an agent's text. */
export function readOutput(output: string): Pick<AgentResult, "output" | "summary" | "issues"> {
  const text = output.replaceAll("\r\n", "\n").trim();
  const summary = text.split(/\n\s*\n/)[0]?.trim() ?? "";
  const issues = text.split("\n").flatMap((line) => item.exec(line)?.[1]?.trim() ?? []);
  return { output, summary, issues };
}

const isWorking = ({ status }: Details) => status === "spawning" || status === "running";

function resultOf(details: Details): AgentResult | undefined {
  const { status, agent_id, model, cost, error } = details;
  if (status === "completed") return { agent_id, model, cost, ...readOutput(details.result ?? "") };
  if (isWorking(details)) return undefined;
  const message = error ?? `The agent was ${status}.`;
  throw new BatonError({ status: 0, code: `agent_${status}`, message, body: details });
}

const lookMs = 2_000;

/** Follows the agent's run to its end; where streams do not get through it is looked at now and then. */
async function followRun(baton: Baton, runId: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const _ of baton.events("GET /api/runs/{id}/events", { params: { id: runId }, signal }));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof BatonError)) throw error;
  }
}

/** A signal that is aborted with the caller's, or when the time is over; `clear` lets go of both. */
function deadline(agentId: string, { signal, timeoutMs }: WaitOptions) {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  const message = `${agentId} did not finish within ${timeoutMs} ms.`;
  const expire = () => controller.abort(new BatonError({ status: 0, code: "timeout", message }));
  const timer = timeoutMs === undefined ? undefined : setTimeout(expire, timeoutMs);
  const clear = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
  return { signal: controller.signal, clear };
}

async function waitFor(baton: Baton, agentId: string, options: WaitOptions): Promise<AgentResult> {
  const { signal, clear } = deadline(agentId, options);
  const look = () => baton.request("GET /api/agent/{id}", { params: { id: agentId }, signal });
  try {
    let details = await look();
    for (;;) {
      const result = resultOf(details);
      if (result) return result;
      await followRun(baton, details.run_id, signal);
      details = await look();
      if (isWorking(details)) await sleep(lookMs, signal);
    }
  } finally {
    clear();
  }
}

/** An agent that was spawned. */
export function agentOf(baton: Baton, spawned: Spawned): Agent {
  const { agent_id, model, models = [model], status, estimated_cost } = spawned;
  const params = { id: agent_id };
  return {
    ...{ agent_id, model, models, status, estimated_cost },
    details: () => baton.request("GET /api/agent/{id}", { params }),
    waitForCompletion: (options = {}) => waitFor(baton, agent_id, options),
    cancel: () => baton.request("DELETE /api/agent/{id}", { params }),
  };
}
