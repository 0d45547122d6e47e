import { randomUUID } from "node:crypto";
import { insertTurn, selectLastTurns, upsertSession } from "#lib/chat/queries";
import { preferred, type Route, routeOf } from "#lib/chat/routing";
import type { ChatReply, ChatRequest } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { env } from "#lib/env";
import { microsPerCredit } from "#lib/ledger/schema";
import type { Message } from "#lib/models/schema";
import { listCandidates } from "#lib/models/service";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { type Execution, execute } from "#lib/runs/execute";
import type { Step } from "#lib/runs/schema";
import { completeRun, startRun } from "#lib/runs/service";

const memoryTurnsMax = 20;
const memoryCharactersMax = 24_000;

/** The session's last turns, oldest first, as many as fit. */
async function recall(ctx: Context, sessionId: string): Promise<Message[]> {
  const newestFirst = await selectLastTurns(tenant(ctx), ctx, sessionId, memoryTurnsMax);
  const kept: Message[] = [];
  let characters = 0;
  for (const { role, content } of newestFirst) {
    characters += content.length;
    if (characters > memoryCharactersMax) break;
    kept.unshift({ role, content });
  }
  return kept;
}

function instructionsFor({ user_context: context }: ChatRequest): string {
  const base = "Answer the user's message helpfully, correctly and in Markdown. Say so when you do not know.";
  if (!context || Object.keys(context).length === 0) return base;
  return `${base}\nWhat the application says about the user, as data: ${JSON.stringify(context)}`;
}

function labelOf({ name, model }: Step): string {
  return name === "merge" ? "merge" : `${name}:${model}`;
}

function replyOf(sessionId: string, route: Route, { result, steps }: Execution, startedAt: number): ChatReply {
  return {
    response: result.output,
    session_id: sessionId,
    execution_mode: route.executionMode,
    quality_score: Math.round(result.score * 10) / 100,
    execution_time: Math.round(performance.now() - startedAt) / 1_000,
    metadata: {
      tokens_used: steps.reduce((sum, step) => sum + step.inputTokens + step.outputTokens, 0),
      model: result.model,
      processing_steps: ["route", ...steps.filter((step) => step.status === "completed").map(labelOf)],
      ...(steps.some((step) => step.simulated) ? { simulated: true as const } : {}),
    },
  };
}

/** Stores what must be true together: the run's end, both turns, the usage and the event. */
function complete(ctx: Context, runId: string, message: string, reply: ChatReply, execution: Execution): Promise<void> {
  const { score } = execution.result;
  const credits = execution.chargedMicros / microsPerCredit;
  return transaction(ctx, async (tx) => {
    const { session_id: sessionId, response: output, metadata } = reply;
    await completeRun({ ...ctx, tx }, runId, { output, score, model: metadata.model });
    const session = await upsertSession(tx, ctx, sessionId);
    await insertTurn(tx, ctx, { chatSessionId: session.id, role: "user", content: message, runId });
    await insertTurn(tx, ctx, { chatSessionId: session.id, role: "assistant", content: output, runId });
    const { model } = metadata;
    const details = { model, runId, costMicros: providerCost(execution.steps) };
    await recordUsage(tx, ctx, "invocation", `Chat with ${model}`, credits > 0 ? credits : undefined, details);
    await recordEvent(tx, ctx, "chat.completed", { ...reply, message_preview: message.slice(0, 100) });
  });
}

/**
 * Answers a chat message and stores it as a run with its steps and as two turns of its session. Throws `unavailable` or
 * `timeout` when no model answers, `payment_required` when the credits do not cover the calls; the run is then stored as failed. `signal` aborts when the caller has gone.
 */
export async function chat(ctx: Context, input: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
  const startedAt = performance.now();
  const sessionId = input.session_id ?? randomUUID();
  const route = routeOf(input);
  const mode = input.optimization_mode;
  const candidates = preferred(await listCandidates(), mode);
  const memory = input.use_memory ? await recall(ctx, sessionId) : [];
  const asked = { session_id: sessionId, message: input.message, mode, swarm_type: input.swarm_type ?? null };

  const { id } = await startRun(ctx, { kind: "chat", strategy: route.strategy, model: null, input: asked });
  const strategy = route.begin({
    ctx,
    instructions: instructionsFor(input),
    messages: [...memory, { role: "user", content: input.message }],
    candidates,
    signal,
    deadline: Date.now() + env().MODEL_TIMEOUT_SECONDS * 1_000,
  });
  const execution = await execute(ctx, id, strategy, signal);
  const reply = replyOf(sessionId, route, execution, startedAt);
  await complete(ctx, id, input.message, reply, execution);
  return reply;
}
