import { instructionsFor } from "#lib/chat/instructions";
import { knowledgeFor } from "#lib/chat/knowledge";
import { recall } from "#lib/chat/memory";
import { insertTurns, upsertSession } from "#lib/chat/queries";
import type { Route } from "#lib/chat/routing";
import type { ChatReply, ChatRequest } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { microsPerCredit } from "#lib/ledger/schema";
import type { Candidate } from "#lib/models/service";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { type Execution, execute } from "#lib/runs/execute";
import type { Step } from "#lib/runs/schema";
import { completeRun } from "#lib/runs/service";
import type { Strategy, Task } from "#lib/runs/strategies/step";
import { publishWebhook } from "#lib/webhooks/service";

/** A chat message whose run has begun. */
export type Begun = {
  ctx: Context;
  input: ChatRequest;
  sessionId: string;
  clientId: string | undefined;
  route: Route;
  runId: string;
  /** In the order of the mode, and by price. */
  candidates: Candidate[];
  cheapestFirst: Candidate[];
  signal: AbortSignal;
  deadline: number;
  startedAt: number;
};

const previewCharacters = 100;

function labelOf({ name, model }: Step): string {
  return name === "merge" ? "merge" : `${name}:${model}`;
}

/** What the session and the organization know, where the caller wants it, then the strategy of the route. */
async function* answer(begun: Begun, onText: Task["onText"]): Strategy {
  const { ctx, input, sessionId, route, candidates, cheapestFirst, signal, deadline } = begun;
  const message = { role: "user" as const, content: input.message };
  const task: Task = { ctx, instructions: instructionsFor(input), messages: [message], candidates, signal, deadline };
  if (!input.use_memory) return yield* route.begin({ ...task, onText });
  const knowledge = await knowledgeFor(ctx, input.message);
  const memory = yield* recall(task, sessionId, cheapestFirst);
  const instructions = instructionsFor(input, memory.summary, knowledge);
  return yield* route.begin({ ...task, instructions, messages: [...memory.messages, message], onText });
}

function replyOf({ sessionId, route, startedAt }: Begun, { result, steps }: Execution): ChatReply {
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

const previewOf = (message: string) =>
  [...message.slice(0, previewCharacters * 2)].slice(0, previewCharacters).join("");

/** Stores what must be true together: the run's end, both turns, the usage, the event and the web hooks. */
function complete(begun: Begun, reply: ChatReply, execution: Execution): Promise<void> {
  const { ctx, input, sessionId, clientId, runId } = begun;
  const { message } = input;
  const { response, metadata } = reply;
  const { model } = metadata;
  const credits = execution.chargedMicros / microsPerCredit;
  const data = { ...reply, message_preview: previewOf(message) };
  return transaction(ctx, async (tx) => {
    await completeRun({ ...ctx, tx }, runId, { output: response, score: execution.result.score, model });
    const session = await upsertSession(tx, ctx, sessionId, clientId);
    await insertTurns(tx, ctx, { chatSessionId: session.id, message, response, runId });
    const details = { model, runId, costMicros: providerCost(execution.steps) };
    await recordUsage(tx, ctx, "invocation", `Chat with ${model}`, credits > 0 ? credits : undefined, details);
    await recordEvent(tx, ctx, "chat.completed", data);
    await publishWebhook(tx, ctx, { event: "chat.completed", data, scope: { type: "chat" } });
  });
}

/** Works on a chat message to its end and stores it. `onText` hears the response while it comes, where it can be heard. */
export async function finish(begun: Begun, onText?: Task["onText"]): Promise<ChatReply> {
  const execution = await execute(begun.ctx, begun.runId, answer(begun, onText), begun.signal);
  const reply = replyOf(begun, execution);
  await complete(begun, reply, execution);
  return reply;
}
