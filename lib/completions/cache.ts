import { createHash } from "node:crypto";
import { deleteExpired, deleteOldest, selectAnswer, upsertAnswer } from "#lib/completions/cache-queries";
import type { Context } from "#lib/context";
import { seal, unseal } from "#lib/crypto/seal";
import { system, tenant, transaction } from "#lib/db/transaction";
import { log } from "#lib/log";
import { eventStream } from "#lib/models/completion-stream";
import type { Candidate } from "#lib/models/service";
import { createSseReader } from "#lib/models/sse";

/** Longer answers are not kept. */
const answerBytesMax = 256 * 1024;
const answersMax = 1_000;

/** A request with one candidate, as far as it decides the answer. */
type Question = { candidate: Candidate; body: Record<string, unknown>; headers?: Record<string, string> };

/** The same value for the same JSON, whatever the order of its keys. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return entries.map(([key, item]) => [key, canonical(item)]);
}

/** SHA-256 of everything that decides an answer: what was asked, in which protocol, and who answers where. */
function keyOf({ candidate: { model, provider }, body, headers = {} }: Question, protocol: string): Buffer {
  const { model: _, models: __, cache: ___, ...asked } = body;
  const who = [protocol, model.provider, provider?.baseUrl, model.version];
  const text = JSON.stringify([...who, canonical(headers), canonical(asked)]);
  return createHash("sha256").update(text).digest();
}

/** A stored answer as it was given: whole, or event by event. */
async function replay(contentType: string, text: string, headers: Record<string, string>): Promise<Response> {
  if (!contentType.startsWith("text/event-stream")) {
    return new Response(text, { headers: { "content-type": contentType, ...headers } });
  }
  const events = createSseReader().push(Buffer.from(text));
  return eventStream(async function* again() {
    for (const { bytes } of events) yield bytes;
  }, headers);
}

/** Passes an answer on and keeps a copy, which is handed over when the answer was complete. */
function copied(response: Response, save: (answer: Buffer) => Promise<void>): Response {
  const { body } = response;
  if (!body) return response;
  const reader = body.getReader();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const through = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await reader.read();
        if (done) {
          if (bytes <= answerBytesMax) await save(Buffer.concat(parts));
          controller.close();
          return;
        }
        bytes += value.byteLength;
        if (bytes <= answerBytesMax) parts.push(value.slice());
        controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(through, { status: response.status, headers: response.headers });
}

/** An organization's place for one answer. */
export type Slot = {
  /** The answer that is kept, marked as such; nothing when there is none. */
  read(headers: Record<string, string>): Promise<Response | undefined>;
  /** Passes an answer on and keeps it, when `isComplete` says at its end that it is one. */
  keep(response: Response, isComplete: () => boolean): Response;
};

/**
 * The slot of a question in the organization's own cache. Simulated answers are never kept: they must be gone with the
 * simulator.
 */
export function slotOf(ctx: Context, question: Question, protocol: string, seconds: number): Slot | undefined {
  if (!question.candidate.provider) return undefined;
  const key = keyOf(question, protocol);
  const { organizationId } = ctx;
  return {
    async read(headers) {
      const stored = await selectAnswer(tenant(ctx), organizationId, key);
      if (!stored) return undefined;
      return replay(stored.contentType, unseal(stored.sealedAnswer), { ...headers, "x-baton-cache": "hit" });
    },
    keep(response, isComplete) {
      const contentType = response.headers.get("content-type") ?? "application/json";
      const save = async (answer: Buffer) => {
        if (!isComplete()) return;
        const sealedAnswer = seal(answer.toString("utf8"));
        const kept = { key, model: question.candidate.model.name, contentType, sealedAnswer, seconds };
        await transaction(ctx, async (tx) => {
          await upsertAnswer(tx, organizationId, kept);
          await deleteOldest(tx, organizationId, answersMax);
        }).catch((err: unknown) => log.error({ err }, "an answer was not kept"));
      };
      response.headers.set("x-baton-cache", "miss");
      return response.ok ? copied(response, save) : response;
    },
  };
}

/** Clean-up: removes answers whose time is over. */
export function deleteExpiredPrompts(): Promise<number> {
  return deleteExpired(system);
}
