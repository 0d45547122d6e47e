import { ChatQuery } from "#lib/chat/schema";
import { streamChat } from "#lib/chat/service";
import { publicUrl } from "#lib/env";
import { AppError, forbidden } from "#lib/errors";
import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { eventStream } from "#lib/http/event-stream";
import { isSameSite } from "#lib/http/headers";
import { notAllowed } from "#lib/http/not-allowed";
import { eventsOf } from "#lib/http/openapi-answers";
import { chatEvents } from "#lib/sockets/chat-events";

export const GET = endpoint({
  operationId: "streamChat",
  summary: "Chat, answered piece by piece (Server-Sent Events)",
  description:
    "Events `stream` with `{type, data: {token, index, done: false}, timestamp}`, then one with `done: true` and the whole; an event `control` with `data.error` when it fails. For hosts without sockets.",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  query: ChatQuery,
  raw: true,
  resumes: false,
  answers: eventsOf({
    stream: "`{type, data: {token, index, done: false}, timestamp}`, then one with `done: true` and the whole answer",
    control: "`data.error` when it fails",
  }),
  otherAnswers: { 204: { description: "A browser that connects again by itself is told to stop." } },
  errors: ["payment_required", "unavailable"],
  handler: async ({ ctx, query, request }) => {
    // It is a GET because EventSource knows nothing else, but it does and spends what a write does.
    if (request.method === "HEAD") throw new AppError("method_not_allowed", "HEAD is not allowed here. Allowed: GET.");
    if (!request.headers.has("authorization") && !isSameSite(request, publicUrl()))
      throw forbidden("A chat with the login cookie must come from this site.", "CROSS_SITE");
    // A browser that reconnects by itself must not ask the same again: 204 tells it to stop.
    if (request.headers.has("last-event-id")) return new Response(null, { status: 204 });
    const gone = new AbortController();
    const pieces = await streamChat(ctx, query, { signal: gone.signal });
    return eventStream((signal) => chatEvents(pieces, ctx.requestId, signal, gone));
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
