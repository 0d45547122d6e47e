import { afterEach, expect, test, vi } from "vitest";
import { eventStream, lastEventId, type ServerEvent } from "#lib/http/event-stream";

afterEach(() => vi.useRealTimers());

async function* two(): AsyncGenerator<ServerEvent, void> {
  yield { id: 1, event: "step.started", data: { text: "a\nb" } };
  yield { event: "result", data: null };
}

test("events are sent in the form of Server-Sent Events, and the stream ends after the last one", async () => {
  const response = eventStream(two, 200, { "x-more": "yes" });
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache, no-transform",
    "x-more": "yes",
  });
  expect(await response.text()).toBe(
    ': connected\n\nid: 1\nevent: step.started\ndata: {"text":"a\\nb"}\n\nevent: result\ndata: null\n\n',
  );
});

test("a stream with nothing to say sends a heartbeat every 15 seconds", async () => {
  vi.useFakeTimers();
  const response = eventStream(async function* (signal): AsyncGenerator<ServerEvent, void> {
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    yield* two();
  });
  const reader = response.body?.getReader();
  const next = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect(await next()).toBe(": connected\n\n");
  const beat = next();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await beat).toBe(": heartbeat\n\n");
  await reader?.cancel();
});

test("a reader who leaves ends the work behind the stream", async () => {
  let isAborted = false;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const response = eventStream(async function* (signal): AsyncGenerator<ServerEvent, void> {
    try {
      yield* two();
      await new Promise((done) => signal.addEventListener("abort", done));
    } finally {
      isAborted = signal.aborted;
      resolve();
    }
  });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await ended;
  expect(isAborted).toBe(true);
});

test.each([
  ["7", 7],
  [" 12 ", 12],
  ["-1", 0],
  ["nonsense", 0],
  ["99999999999", 0],
  [undefined, 0],
])("Last-Event-ID %s means after %s", (value, after) => {
  const headers = value === undefined ? undefined : { "last-event-id": value };
  expect(lastEventId(new Request("http://localhost/", headers && { headers }))).toBe(after);
});
