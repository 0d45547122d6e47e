"use client";

import { useState } from "react";
import { type Failure, send } from "#components/request";

/** Sends a form of the sign-in flow. `isPending` stays true after a success, because the page is then about to change. */
export function useSubmit() {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, setIsPending] = useState(false);

  /** Answers null when the call was refused; the reason is then in `failure`, unless `onFailure` took care of it. */
  async function submit(path: string, payload: Record<string, unknown>, onFailure?: (failure: Failure) => boolean) {
    setIsPending(true);
    setFailure(null);
    const answer = await send("POST", path, payload);
    if (answer.ok) return answer.body;
    if (onFailure?.(answer.failure)) return null;
    setFailure(answer.failure);
    setIsPending(false);
    return null;
  }

  return { submit, isPending, failure, settle: () => setIsPending(false) };
}
