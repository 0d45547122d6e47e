"use client";

import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { toast } from "sonner";

/** What a server action answers. It never throws for reasons the reader can do something about. */
export type ActionResult<Data> =
  | { ok: true; data: Data }
  | { ok: false; message: string; requestId: string; fields?: Record<string, string> };

export type ActionFailure = Extract<ActionResult<unknown>, { ok: false }>;

type Options<Data> = { onSuccess?: (data: Data) => void; onFailure?: (failure: ActionFailure) => void };

/** Runs a server action: pending while it runs, and a failure both stays in `failure` and shows as a toast. */
export function useAction<Input, Data>(
  action: (input: Input) => Promise<ActionResult<Data>>,
  options: Options<Data> = {},
) {
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [isPending, startTransition] = useTransition();

  function run(input: Input) {
    startTransition(async () => {
      const result = await action(input).catch((error: unknown): ActionFailure => {
        // A session that has ended sends the reader to the sign-in page, which is Next's to do.
        unstable_rethrow(error);
        return lost;
      });
      startTransition(() => {
        setFailure(result.ok ? null : result);
        if (result.ok) return options.onSuccess?.(result.data);
        toastFailure(result.message, result.requestId);
        options.onFailure?.(result);
      });
    });
  }

  return { run, isPending, failure, clear: () => setFailure(null) };
}

/** The toast of every failure: what happened, and the id that finds it in the log. */
export function toastFailure(message: string, requestId: string | null): void {
  toast.error(message, { description: requestId ? `Request id ${requestId}` : undefined, duration: 10_000 });
}

const lost: ActionFailure = {
  ok: false,
  message: "The server could not be reached. Check the connection and try again.",
  requestId: "",
};
