"use client";

import { useEffect, useReducer, useRef } from "react";
import type { ChatMessage } from "#components/snippets";
import { type Column, newColumn, reduceColumns } from "./columns";
import { StreamError, streamCompletion } from "./stream";

/** The columns of the playground. Each asks its model on its own, so that one that fails leaves the others running. */
export function useColumns(firstModel: string) {
  const [columns, dispatch] = useReducer(reduceColumns, [newColumn(0, firstModel)]);
  const calls = useRef(new Map<number, AbortController>());

  useEffect(() => {
    const running = calls.current;
    return () => {
      for (const call of running.values()) call.abort();
    };
  }, []);

  async function ask({ id, model }: Column, messages: ChatMessage[]) {
    const call = new AbortController();
    calls.current.set(id, call);
    const startedAt = performance.now();
    const elapsed = () => performance.now() - startedAt;
    dispatch({ type: "started", id });
    try {
      for await (const event of streamCompletion({ model, messages }, call.signal)) {
        dispatch({ type: "received", id, event, elapsedMs: elapsed() });
      }
      dispatch({ type: "ended", id, status: "done", elapsedMs: elapsed() });
    } catch (error) {
      if (call.signal.aborted) dispatch({ type: "ended", id, status: "stopped", elapsedMs: elapsed() });
      else dispatch({ type: "failed", id, error: explain(error), elapsedMs: elapsed() });
    } finally {
      if (calls.current.get(id) === call) calls.current.delete(id);
    }
  }

  return {
    columns,
    add: (model: string) => dispatch({ type: "added", model }),
    remove: (id: number) => {
      calls.current.get(id)?.abort();
      dispatch({ type: "removed", id });
    },
    chooseModel: (id: number, model: string) => dispatch({ type: "modelChosen", id, model }),
    stop: (id: number) => calls.current.get(id)?.abort(),
    stopAll: () => {
      for (const call of calls.current.values()) call.abort();
    },
    askAll: (messages: ChatMessage[]) => {
      for (const column of columns) void ask(column, messages);
    },
  };
}

function explain(error: unknown): { message: string; requestId: string | null } {
  if (error instanceof StreamError) return { message: error.message, requestId: error.requestId };
  return { message: "The connection was lost before the answer was complete.", requestId: null };
}
