import { expect, test } from "vitest";
import { readEvents, type StreamEvent } from "./stream";

function bytes(...pieces: string[]): ReadableStream<BufferSource> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function collect(...pieces: string[]): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(bytes(...pieces), "req_1")) events.push(event);
  return events;
}

const hello = 'data: {"simulated":true,"choices":[{"delta":{"content":"Hel"}}]}\n\n';

test("puts together what arrives in torn pieces, with usage and the simulator's mark once", async () => {
  const usage = 'data: {"simulated":true,"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}\r\n\r\n';
  const events = await collect(hello.slice(0, 40), hello.slice(40), ": comment\n\n", usage, "data: [DONE]\n\n");
  expect(events).toEqual([
    { type: "simulated" },
    { type: "text", text: "Hel" },
    { type: "usage", usage: { inputTokens: 3, outputTokens: 2 } },
  ]);
});

test("takes a stream without the end mark for broken", async () => {
  await expect(collect(hello)).rejects.toThrow("The connection ended before the answer was complete.");
});

test("takes an error event for an error, with the id of the request", async () => {
  const failed = collect(hello, 'data: {"error":{"message":"The provider is down."}}\n\n', "data: [DONE]\n\n");
  await expect(failed).rejects.toMatchObject({ message: "The provider is down.", requestId: "req_1" });
});

test("takes nonsense for an error", async () => {
  await expect(collect("data: {\n\n", "data: [DONE]\n\n")).rejects.toThrow("no answer");
});
