import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type ChatRequest, SocketChat } from "#lib/chat/schema";
import { chat, streamChat } from "#lib/chat/service";
import type { Context } from "#lib/context";
import { invalid, rateLimited } from "#lib/errors";
import { parseJson } from "#lib/http/body";
import { issuesOf } from "#lib/http/issues";
import { type Command, commandNamed } from "#lib/sockets/chat-commands";
import { errorFrame, type Frame, frame, streamFrames } from "#lib/sockets/frames";
import { messageLimit } from "#lib/sockets/message-limit";
import type { Peer, Protocol } from "#lib/sockets/protocol";

export type ChatAddress = { clientId: string; sessionId: string };

/** Messages of one connection that may wait for the answers to earlier ones. */
const waitingMax = 20;

const types = ["chat", "command", "control", "stream"] as const;
const Incoming = z.object({
  type: z.enum(types, `Must be one of ${types.join(", ")}`),
  data: z.record(z.string(), z.unknown()).default({}),
});

function parse<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(issuesOf(parsed.error));
  return parsed.data;
}

function requestOf(data: unknown, sessionId: string): ChatRequest {
  const { context, ...request } = parse(SocketChat, data);
  return { ...request, user_context: context, session_id: sessionId };
}

/**
 * Speaks with a client of the chat (contract O2). Messages and commands are worked on one after the other, controls at
 * once. When the client leaves, what is under way is cancelled; the session stays.
 */
export function chatProtocol(peer: Peer, base: Context, { clientId, sessionId }: ChatAddress): Protocol {
  const openedAt = performance.now();
  const gone = new AbortController();
  const sender = { signal: gone.signal, clientId };
  const take = messageLimit();
  let received = 0;
  let waiting = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const send = (out: Frame) => peer.send(JSON.stringify(out));

  /** Works on a message after those before it. Each is a request of its own, with its own id. */
  const enqueue = (work: (ctx: Context) => Promise<void>) => {
    if (waiting >= waitingMax) throw rateLimited(1, "Too many messages wait for their answers. This one was dropped.");
    waiting += 1;
    const ctx = { ...base, requestId: randomUUID() };
    queue = queue
      .then(() => (gone.signal.aborted ? undefined : work(ctx)))
      .catch((error: unknown) => gone.signal.aborted || send(errorFrame(error, ctx.requestId)))
      .finally(() => {
        waiting -= 1;
      });
  };

  const stream = async (ctx: Context, request: ChatRequest) => {
    for await (const part of streamFrames(await streamChat(ctx, request, sender))) send(part);
  };
  const command = async (ctx: Context, name: string, run: Command) => {
    const { result, closes } = await run(ctx, { clientId, sessionId });
    send(frame("command", { command: name, result }));
    if (closes) peer.close(1000, "The session has ended");
  };
  const control = (action: unknown) => {
    const names = { client_id: clientId, session_id: sessionId };
    if (action === "ping") send(frame("control", { action: "pong" }));
    else if (action === "auth") send(frame("control", { action: "connected", ...names }));
    else if (action === "status") {
      const uptime = Math.round(performance.now() - openedAt) / 1_000;
      const facts = { connected: true, ...names, messages_received: received, uptime };
      send(frame("control", { action: "status", ...facts }));
    } else if (action !== "pong")
      throw invalid([{ field: "data.action", message: "Must be one of ping, pong, status, auth" }]);
  };

  const handle = (text: string) => {
    take();
    const { type, data } = parse(Incoming, parseJson(text));
    if (type === "control") return control(data.action);
    if (type === "command") {
      const { name, run } = commandNamed(data.command);
      return enqueue((ctx) => command(ctx, name, run));
    }
    const request = requestOf(data, sessionId);
    if (type === "stream") return enqueue((ctx) => stream(ctx, request));
    return enqueue(async (ctx) => send(frame("chat", await chat(ctx, request, sender))));
  };

  send(frame("control", { action: "connected", client_id: clientId, session_id: sessionId }));
  return {
    receive: (text) => {
      received += 1;
      try {
        handle(text);
      } catch (error) {
        send(errorFrame(error, base.requestId));
      }
    },
    left: () => gone.abort(new Error("The client has left.")),
    settled: () => queue,
  };
}
