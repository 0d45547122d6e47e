import { createHash } from "node:crypto";
import { z } from "zod";
import type { Context } from "#lib/context";
import { adds, type Progress, tool } from "#lib/mcp/tool";
import { runLink } from "#lib/mcp/uris";
import { lineOf } from "#lib/mcp/wait";
import { streamRun } from "#lib/runs/follow";
import { Invoke, InvokeAnswer } from "#lib/runtime/invocations/schema";
import { invoke, queueInvocation } from "#lib/runtime/invocations/service";

const InvokeApp = Invoke.extend({
  app_id: z.string().min(1).max(64),
  mode: Invoke.shape.mode.meta({ description: "`queued` answers at once; read the result with get_run." }),
  idempotency_key: z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({ description: "Makes a retry safe for 24 hours: the same key with the same input is carried out once." }),
});
type InvokeApp = z.infer<typeof InvokeApp>;

const Invoked = InvokeAnswer.extend({
  status: z.enum(["completed", "queued"]),
  output: z.string().nullable(),
});

function retryOf({ idempotency_key: key, ...call }: InvokeApp) {
  if (key === undefined) return undefined;
  return { key, bodyHash: createHash("sha256").update(JSON.stringify(call)).digest() };
}

/** Tells what happens in a run until `work` is done. */
async function tellMeanwhile<T>(ctx: Context, runId: string, work: Promise<T>, progress: Progress | undefined) {
  if (!progress) return work;
  const over = new AbortController();
  const follow = await streamRun(ctx, runId, 0);
  const telling = (async () => {
    for await (const event of follow(over.signal)) await progress(lineOf(event));
  })();
  try {
    return await work;
  } finally {
    over.abort();
    await telling;
  }
}

export const invokeApp = tool({
  name: "invoke_app",
  title: "Call an agent app",
  description:
    "Calls the deployed version of an agent app with an input that its schema allows. Costs 10 credits, given back when the call fails. The call goes on to its end when the client leaves.",
  scope: "agents:write",
  counts: { family: "cloud" },
  hints: adds,
  input: InvokeApp,
  output: Invoked,
  links: (output) => [runLink(output.run_id)],
  run: async ({ ctx, input, progress }) => {
    const retry = retryOf(input);
    if (input.mode === "queued") {
      const { answer } = await queueInvocation(ctx, input.app_id, input, retry);
      return { ...answer, output: null };
    }
    const { runId, result } = await invoke(ctx, input.app_id, input, "sync", retry);
    return { ...(await tellMeanwhile(ctx, runId, result, progress)), status: "completed" as const };
  },
});
