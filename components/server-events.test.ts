import { expect, test } from "vitest";
import { readServerEvents, type ServerEvent } from "#components/server-events";

function streamOf(...pieces: string[]): ReadableStream<BufferSource> {
  const bytes = pieces.map((piece) => new TextEncoder().encode(piece));
  return new ReadableStream({
    start(controller) {
      for (const piece of bytes) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function eventsOf(stream: ReadableStream<BufferSource>): Promise<ServerEvent[]> {
  return Array.fromAsync(readServerEvents(stream));
}

test("events are read across the pieces they arrive in; heartbeats are none", async () => {
  const text = ': connected\n\nid: 7\nevent: step.started\ndata: {"step":"finalize"}\n\n: heartbeat\n\ndata: 1\n\n';
  const pieces = text.match(/[\s\S]{1,5}/g) ?? [];
  expect(await eventsOf(streamOf(...pieces))).toEqual([
    { id: "7", event: "step.started", data: { step: "finalize" } },
    { id: null, event: "message", data: 1 },
  ]);
});

test("an event that was cut off in the middle is not taken for a whole one", async () => {
  expect(await eventsOf(streamOf('event: done\ndata: {"output":'))).toEqual([]);
});
