import { z } from "zod";
import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { isDraining } from "#lib/health/service";
import { limitSubject } from "#lib/http/admission";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { adds, tool } from "#lib/mcp/tool";
import { runLink } from "#lib/mcp/uris";
import { tellUntilEnd, WaitSeconds, waitSecondsOf } from "#lib/mcp/wait";
import { getOrchestration, startOrchestration } from "#lib/orchestration/orchestrations";
import { CreateSession, CreateThread, Orchestration, StartOrchestration } from "#lib/orchestration/schema";
import { createSession, createThread, findSessionId } from "#lib/orchestration/service";
import { cancelRun } from "#lib/runs/cancel";
import { streamRun } from "#lib/runs/follow";
import { mapRunsOfSession } from "#lib/runs/list";

const settings = StartOrchestration.shape.settings.unwrap().shape;
const sessionSettings = CreateSession.shape.settings.unwrap().shape;

const Orchestrate = z.object({
  prompt: CreateThread.shape.original_prompt.optional().meta({ description: "What is wanted." }),
  thread_id: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "Goes on in a thread of an earlier orchestration; then `prompt` may be left out." }),
  domain: CreateThread.shape.domain,
  context: CreateThread.shape.context,
  preferred_models: settings.preferred_models,
  max_iterations: settings.max_iterations,
  evaluation_threshold: settings.evaluation_threshold,
  candidates: settings.candidates,
  cost_limit: sessionSettings.cost_limit,
  wait_seconds: WaitSeconds,
});
type Orchestrate = z.infer<typeof Orchestrate>;

const Orchestrated = Orchestration.pick({
  orchestration_id: true,
  thread_id: true,
  session_id: true,
  status: true,
  iterations: true,
  final_response: true,
  final_score: true,
  total_cost: true,
  stop_reason: true,
  error: true,
  simulated: true,
}).extend({ run_id: z.uuid() });

/** Those who wait for each other's orchestrations: the calls of one key or person. */
const userOf = (ctx: Context) => `mcp:${keyIdOf(ctx) ?? userIdOf(ctx) ?? "system"}`;

/** A thread in a session of its own. */
async function openThread(ctx: Context, input: Orchestrate): Promise<string> {
  if (input.prompt === undefined) {
    throw invalid([{ field: "prompt", message: "prompt or thread_id is required" }]);
  }
  const { preferred_models, cost_limit } = input;
  const session = await createSession(
    ctx,
    CreateSession.parse({ user_id: userOf(ctx), settings: { preferred_models: preferred_models ?? [], cost_limit } }),
  );
  const { prompt, domain, context } = input;
  const thread = { session_id: session._id, original_prompt: prompt, domain, context };
  return (await createThread(ctx, CreateThread.parse(thread)))._id;
}

/** All or nothing: no session stays behind for an orchestration that could not be started. */
function start(ctx: Context, input: Orchestrate): Promise<Orchestration> {
  return transaction(ctx, async (tx) => {
    const within = { ...ctx, tx };
    const thread_id = input.thread_id ?? (await openThread(within, input));
    const { prompt, preferred_models, max_iterations, evaluation_threshold, candidates } = input;
    const asked = { preferred_models, max_iterations, evaluation_threshold, candidates };
    return startOrchestration(within, StartOrchestration.parse({ thread_id, prompt, settings: asked }));
  });
}

/** Counts a call for the session that it names, as the endpoint does. */
async function countForSession(ctx: Context, threadId: string | undefined): Promise<void> {
  const sessionId = threadId && (await findSessionId(ctx, "thread", threadId));
  if (sessionId) await limitSubject({ caller: ctx, dialect: orchestratex, allowance: undefined }, "session", sessionId);
}

export const orchestrate = tool({
  name: "orchestrate",
  title: "Orchestrate",
  description:
    "Lets several models work on a prompt in rounds: answers are generated, scored (0 to 10) and improved until one is good enough, the rounds are over or the cost limit is reached. Waits up to wait_seconds and tells progress meanwhile; read one that still runs with get_run. Cancelling the call while it waits stops the orchestration.",
  scope: "agents:write",
  counts: { family: "orchestratex" },
  hints: adds,
  input: Orchestrate,
  output: Orchestrated,
  links: (output) => [runLink(output.run_id)],
  run: async ({ ctx, input, signal, progress }) => {
    await countForSession(ctx, input.thread_id);
    const { _id, session_id } = await start(ctx, input);
    const runId = (await mapRunsOfSession(ctx, session_id)).get(_id) ?? "";
    const seconds = waitSecondsOf(input.wait_seconds, progress);
    await tellUntilEnd(await streamRun(ctx, runId, 0), seconds, { signal, progress });
    // Nobody was told the id of what nobody waits for any more. A process that ends leaves it to the others.
    if (signal.aborted && !isDraining()) await cancelRun(ctx, runId);
    return { ...(await getOrchestration(ctx, _id)), run_id: runId };
  },
});
