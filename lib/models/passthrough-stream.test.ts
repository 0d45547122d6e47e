import { expect, test, vi } from "vitest";
import { datasOf, heldRecord, preparePassthrough } from "#lib/testing/passthrough-fixture";

const { fixture, forward } = preparePassthrough();

test("a stream comes through event by event, without the usage chunk that only Baton asked for", async () => {
  const response = await forward({ stream: true });
  const datas = datasOf(await response.text());

  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(fixture.fake.received[0]?.body.stream_options).toEqual({ include_usage: true });
  expect(datas.at(-1)).toBe("[DONE]");
  const chunks = datas.slice(0, -1).map((data) => JSON.parse(data));
  const text = chunks.map((chunk) => chunk.choices[0].delta.content ?? "").join("");
  expect(text).toBe("Hello from the fake provider.");
  expect(chunks.every((chunk) => chunk.choices.length === 1)).toBe(true);
  expect(fixture.outcomes).toMatchObject([{ status: "completed", inputTokens: 11, outputTokens: 7, costMicros: 540 }]);
});

test("the usage chunk stays when the caller asked for it", async () => {
  const datas = datasOf(await (await forward({ stream: true, stream_options: { include_usage: true } })).text());
  expect(JSON.parse(datas.at(-2) ?? "")).toMatchObject({ choices: [], usage: { total_tokens: 18 } });
});

test("[DONE] goes out only after the record is stored", async () => {
  const { record, store } = heldRecord();
  fixture.fake.script({ type: "slow-stream", everyMs: 20, chunks: 3 });
  let text = "";
  const reading = forward({ stream: true }, { record }).then(async (response) => {
    for await (const part of response.body ?? []) text += Buffer.from(part).toString();
  });

  await vi.waitFor(() => expect(text).toContain('"content"'));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(text).not.toContain("[DONE]");
  store();
  await reading;
  expect(text).toContain("[DONE]");
});

test("503 for a stream that is none", async () => {
  fixture.fake.script({ type: "raw", body: "<html></html>", contentType: "text/html" });
  await expect(forward({ stream: true })).rejects.toMatchObject({ code: "unavailable" });
  expect(fixture.outcomes).toEqual([]);
});

test("a stream that is cut ends with an error event after whole events, and is stored as failed with what was used", async () => {
  fixture.fake.script({ type: "cut", after: 4 });

  const datas = datasOf(await (await forward({ stream: true })).text());

  expect(datas).toHaveLength(5);
  expect(JSON.parse(datas[4] ?? "")).toMatchObject({ error: { type: "server_error", code: "PROVIDER_ERROR" } });
  expect(fixture.outcomes).toMatchObject([{ status: "failed", inputTokens: 3, outputTokens: 5, costMicros: 240 }]);
});

test("503 for a stream that is cut before its first event", async () => {
  fixture.fake.script({ type: "cut", after: 0 }, { type: "cut", after: 0 });
  await expect(forward({ stream: true })).rejects.toMatchObject({ code: "unavailable" });
  expect(fixture.outcomes).toEqual([]);
});

test("a reader who leaves ends the provider's work; what was used is stored as cancelled", async () => {
  fixture.fake.script({ type: "slow-stream", everyMs: 20, chunks: 1_000 });
  const response = await forward({ stream: true });
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();

  await vi.waitFor(() => expect(fixture.fake.received[0]?.wasAborted).toBe(true));
  await vi.waitFor(() => expect(fixture.outcomes).toHaveLength(1));
  expect(fixture.outcomes[0]).toMatchObject({ status: "cancelled", inputTokens: 3 });
  expect(fixture.outcomes[0]?.outputTokens).toBeGreaterThan(0);
});

test.each([false, true])("a caller whose request aborts ends the provider's work (stream: %s)", async (stream) => {
  fixture.fake.script(stream ? { type: "slow-stream", everyMs: 20, chunks: 1_000 } : { type: "silence" });
  const caller = new AbortController();
  const answering = forward({ stream }, { signal: caller.signal }).then((response) => response.text());

  await vi.waitFor(() => expect(fixture.fake.received).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 60));
  caller.abort();
  await answering;

  await vi.waitFor(() => expect(fixture.fake.received[0]?.wasAborted).toBe(true));
  expect(fixture.outcomes).toMatchObject([{ status: "cancelled" }]);
});

test("a connection serves the next stream as well", async () => {
  for (let index = 0; index < 5; index++) await (await forward({ stream: true })).text();
  const ports = new Set(fixture.fake.received.map((received) => received.remotePort));
  expect(ports.size).toBeLessThanOrEqual(2);
});
