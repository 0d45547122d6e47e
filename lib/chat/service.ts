import { randomUUID } from "node:crypto";
import { type Begun, finish } from "#lib/chat/carry-out";
import { pieceQueue, piecesOf } from "#lib/chat/pieces";
import { preferred, routeOf } from "#lib/chat/routing";
import type { ChatReply, ChatRequest, LegacyChatReply, LegacyChatRequest } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { env } from "#lib/env";
import { listCandidates } from "#lib/models/service";
import { startRun } from "#lib/runs/service";

type Sender = {
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
  /** Who speaks, where the way of speaking names a client. */
  clientId?: string;
};

async function begin(ctx: Context, input: ChatRequest, { signal, clientId }: Sender): Promise<Begun> {
  const startedAt = performance.now();
  const sessionId = input.session_id ?? randomUUID();
  const route = routeOf(input);
  const mode = input.optimization_mode;
  const cheapestFirst = await listCandidates(ctx);
  const asked = { session_id: sessionId, message: input.message, mode, swarm_type: input.swarm_type ?? null };
  const { id: runId } = await startRun(ctx, { kind: "chat", strategy: route.strategy, model: null, input: asked });
  const candidates = preferred(cheapestFirst, mode);
  const deadline = Date.now() + env().MODEL_TIMEOUT_SECONDS * 1_000;
  return { ctx, input, sessionId, clientId, route, runId, candidates, cheapestFirst, signal, deadline, startedAt };
}

/**
 * Answers a chat message and stores it as a run with its steps and as two turns of its session. Throws `unavailable` or
 * `timeout` when no model answers, `payment_required` when the credits do not cover the calls; the run is then stored as failed.
 */
export async function chat(ctx: Context, input: ChatRequest, sender: Sender): Promise<ChatReply> {
  return finish(await begin(ctx, input, sender));
}

/** The same in the form of version 1: balanced, without memory. */
export async function chatLegacy(ctx: Context, input: LegacyChatRequest, sender: Sender): Promise<LegacyChatReply> {
  const request = { message: input.text, session_id: input.sessionId, optimization_mode: "balanced" as const };
  const reply = await chat(ctx, { ...request, use_memory: false }, sender);
  return { ...reply, sessionId: reply.session_id };
}

async function* speak(begun: Begun): AsyncGenerator<string, ChatReply> {
  const queue = pieceQueue();
  const finished = finish(begun, queue.push).finally(queue.end);
  // Whoever reads is told when the pieces are through; until then a failure waits.
  finished.catch(() => undefined);
  let isHeard = false;
  for await (const piece of queue.read()) {
    isHeard = true;
    yield piece;
  }
  const reply = await finished;
  if (!isHeard) yield* piecesOf(reply.response);
  return reply;
}

/**
 * Like `chat`, but yields the response piece by piece, as it comes from the model where one call makes it, else at the
 * end. The pieces together are the response; the reply is what the generator returns, once everything is stored. What
 * keeps the chat from beginning is thrown before the generator is made. A reader who leaves must abort the signal.
 */
export async function streamChat(
  ctx: Context,
  input: ChatRequest,
  sender: Sender,
): Promise<AsyncGenerator<string, ChatReply>> {
  return speak(await begin(ctx, input, sender));
}
