"use client";

import { useEffect, useReducer, useRef } from "react";
import { carryOut, type Task } from "./run";
import { readSettings, type TypedSettings } from "./settings";
import { newRunColumn, reduceRuns } from "./state";

/** The settings of the playground side by side. Each runs on its own, so that one that fails leaves the other running. */
export function useRuns(settings: TypedSettings) {
  const [columns, dispatch] = useReducer(reduceRuns, [newRunColumn(0, settings)]);
  const calls = useRef(new Map<number, AbortController>());
  const left = useRef<AbortController>(undefined);
  useEffect(() => {
    const leaving = new AbortController();
    left.current = leaving;
    return () => leaving.abort();
  }, []);
  const stop = (id: number) => calls.current.get(id)?.abort();

  return {
    columns,
    add: () => dispatch({ type: "added" }),
    remove: (id: number) => {
      stop(id);
      dispatch({ type: "removed", id });
    },
    change: (id: number, next: TypedSettings) => dispatch({ type: "changed", id, settings: next }),
    stop,
    stopAll: () => {
      for (const { id } of columns) stop(id);
    },
    startAll: (task: Task) => {
      for (const { id, settings: typed } of columns) {
        const read = readSettings(typed);
        if (!read.ok) continue;
        const call = new AbortController();
        calls.current.set(id, call);
        const signals = { signal: call.signal, left: left.current?.signal ?? call.signal };
        void carryOut(task, { id, settings: read.settings, ...signals, dispatch });
      }
    },
  };
}
