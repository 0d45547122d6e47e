"use client";

import { useEffect, useRef, useState } from "react";
import { type Failure, toFailure, toRecord } from "#components/request";
import { readServerEvents, type ServerEvent } from "#components/server-events";

/** A model call of the agent that has ended. The score is from 0 to 10. */
export type Progress = { name: string; model: string; score: number | null; isFailed: boolean };
export type Answer = { output: string; version: string; credits: number; isSimulated: boolean; isCutShort: boolean };

export type CallState = {
  status: "idle" | "running" | "completed" | "failed";
  steps: Progress[];
  answer: Answer | null;
  failure: Failure | null;
  elapsedMs: number;
};

const idle: CallState = { status: "idle", steps: [], answer: null, failure: null, elapsedMs: 0 };

/** Calls a deployed app and tells what it does until it answers. Only the server's own result counts as one. */
export function useInvoke(appId: string, onEnded: () => void) {
  const [state, setState] = useState(idle);
  const call = useRef<AbortController | null>(null);
  useEffect(() => () => call.current?.abort(), []);

  async function invoke(input: unknown, quoteId: string) {
    call.current?.abort();
    const current = new AbortController();
    call.current = current;
    const startedAt = performance.now();
    const change = (part: (before: CallState) => Partial<CallState>) => {
      if (current.signal.aborted) return;
      setState((before) => ({ ...before, ...part(before), elapsedMs: performance.now() - startedAt }));
    };
    setState({ ...idle, status: "running" });
    try {
      for await (const event of callApp(appId, callBody(input, quoteId), current.signal))
        change((before) => reduce(before, event));
      change(({ status }) => (status === "running" ? { status: "failed", failure: lost } : {}));
    } catch (error) {
      change(() => ({ status: "failed", failure: error instanceof CallError ? error.failure : lost }));
    }
    if (!current.signal.aborted) onEnded();
  }

  return { state, invoke };
}

class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** What is sent: a call is sold under a quote only where one was chosen. */
export const callBody = (input: unknown, quoteId: string) => ({ input, ...(quoteId && { quote_id: quoteId }) });

async function* callApp(appId: string, body: object, signal: AbortSignal): AsyncGenerator<ServerEvent, void> {
  const response = await fetch(`/api/agent-apps/${appId}/invoke`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) {
    throw new CallError(toFailure(response, toRecord(await response.json().catch(() => null))));
  }
  yield* readServerEvents(response.body);
}

function reduce(before: CallState, { event, data }: ServerEvent): Partial<CallState> {
  const facts = toRecord(data);
  if (event === "result") return { status: "completed", answer: answerOf(facts) };
  if (event === "error") {
    const { error, code } = facts;
    const message = typeof error === "string" ? error : "The call failed.";
    const known = typeof code === "string" ? code : null;
    return { status: "failed", failure: { status: 200, message, code: known, requestId: null, fields: {} } };
  }
  if (!event.startsWith("step.")) return {};
  const { name, model, score } = facts;
  const step = {
    name: String(name),
    model: String(model),
    score: typeof score === "number" ? score : null,
    isFailed: event !== "step.completed",
  };
  return { steps: [...before.steps, step] };
}

function answerOf(facts: Record<string, unknown>): Answer {
  return {
    output: String(facts.output ?? ""),
    version: String(facts.package_version ?? ""),
    credits: Number(facts.credits_used ?? 0),
    isSimulated: facts.simulated === true,
    isCutShort: facts.quote_limit_reached === true,
  };
}

const lost: Failure = {
  status: 0,
  message: "The connection was lost before the answer arrived. The call goes on: look for it among the calls below.",
  code: null,
  requestId: null,
  fields: {},
};
