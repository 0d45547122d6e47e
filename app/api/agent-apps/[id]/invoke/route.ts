import { createHash } from "node:crypto";
import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { eventStream } from "#lib/http/event-stream";
import { idempotencyKeyOf } from "#lib/http/idempotency";
import { notAllowed } from "#lib/http/not-allowed";
import { runEventsOf } from "#lib/http/openapi-answers";
import { followInvoked } from "#lib/runtime/invocations/read";
import { Invoke, InvokeAnswer, QueuedInvocation } from "#lib/runtime/invocations/schema";
import { invoke, queueInvocation } from "#lib/runtime/invocations/service";

const replayed = { "idempotency-replayed": "true" };

function retryOf(request: Request, body: string) {
  const key = idempotencyKeyOf(request);
  return key === undefined ? undefined : { key, bodyHash: createHash("sha256").update(body).digest() };
}

export const POST = endpoint({
  operationId: "invokeAgentApp",
  summary: "Call the deployed version of an app",
  keepsKey: true,
  description:
    "Costs 10 credits, given back when the call fails. With `Accept: text/event-stream` the run's events are sent as they happen, then `result` or `error`. With `mode: queued` the answer is 202 with the `run_id`, to be read at /invocations/{run_id}. With `quote_id` (Baton's own) the call may use at most the quoted tokens, and its cost is written to the quote. The call goes on to its end when the caller leaves.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Agent app not found") }),
  body: Invoke,
  response: InvokeAnswer,
  answers: runEventsOf({ result: "the same as the JSON answer", error: "`{error, code}`" }),
  answerHeaders: ["Idempotency-Replayed"],
  otherAnswers: {
    202: {
      description: "Queued, with `mode: queued`.",
      content: { "application/json": QueuedInvocation },
      headers: ["Idempotency-Replayed"],
    },
  },
  errors: ["conflict", "payment_required", "unavailable", "timeout", "bad_gateway"],
  // Models are asked in between, so the call itself keeps the idempotency key, not the transaction.
  handler: async ({ ctx, params, body, rawBody, request, headers }) => {
    const retry = retryOf(request, rawBody);
    if (body.mode === "queued") {
      const { answer, isReplay } = await queueInvocation(ctx, params.id, body, retry);
      return Response.json(answer, { status: 202, headers: isReplay ? replayed : {} });
    }
    const isStream = request.headers.get("accept")?.includes("text/event-stream") === true;
    const invoked = await invoke(ctx, params.id, body, isStream ? "stream" : "sync", retry);
    if (isStream) return eventStream(followInvoked(ctx, params.id, invoked), 200, invoked.isReplay ? replayed : {});
    const answer = await invoked.result;
    if (invoked.isReplay) headers.set("idempotency-replayed", "true");
    return answer;
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
