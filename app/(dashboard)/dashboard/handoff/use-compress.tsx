"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type Failure, send, toRecord } from "#components/request";
import { toastFailure } from "#components/use-action";

export type Method = "briefing" | "low" | "medium" | "high";

export type Wish = {
  projectId: number;
  context: string;
  method: Method;
  isVerified: boolean;
  knowledgeIds: number[];
  /** Null: the open session goes on. */
  creditsUsed: number | null;
};

export type Written = {
  id: number;
  briefing: string;
  mode: string;
  recall: number | null;
  questions: number;
  runId: string | null;
};

function read(body: Record<string, unknown>): Written {
  const checked = toRecord(body.verification);
  return {
    id: Number(body.handoff_id),
    briefing: String(body.briefing),
    mode: String(body.mode),
    recall: typeof checked.recall === "number" ? checked.recall : null,
    questions: Number(checked.questions ?? 0),
    runId: typeof checked.run_id === "string" ? checked.run_id : null,
  };
}

/** Has a briefing written. Through the API, because a context may have 5 MB, which is more than a server action takes. */
export function useCompress(onWritten: (written: Written) => void) {
  const router = useRouter();
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run({ projectId, context, method, isVerified, knowledgeIds, creditsUsed }: Wish) {
    setIsPending(true);
    setFailure(null);
    const body = {
      project_id: projectId,
      context,
      mode: isVerified ? "verified" : "documented",
      ...(knowledgeIds.length > 0 && { knowledge_ids: knowledgeIds }),
    };
    const answer =
      method === "briefing"
        ? await send("POST", "/api/handoff/compress", {
            ...body,
            ...(creditsUsed !== null && { credits_used: creditsUsed }),
          })
        : await send("POST", "/api/private/smart-compress", { ...body, compress_level: method });
    setIsPending(false);
    if (answer.ok) {
      onWritten(read(answer.body));
      router.refresh();
    } else {
      setFailure(answer.failure);
      toastFailure(answer.failure.message, answer.failure.requestId);
    }
  }

  return { run, isPending, failure };
}
