import fc from "fast-check";
import { expect, test } from "vitest";
import { chatText, completionText } from "../src/chat-text.ts";
import { Baton } from "../src/client.ts";
import { EventParser } from "../src/sse.ts";
import { cut, events, json, noWaiting, startFlakyServer } from "./flaky-server.ts";

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}
const clientOf = (baseUrl: string) => new Baton({ baseUrl, ...noWaiting() });
const run = { params: { id: "r1" } };

test("+O1 events are read whatever the pieces they arrive in, with every kind of line end", () => {
  const text =
    '\uFEFF: hello\r\nid: 1\r\nevent: a\r\ndata: {"x":1}\r\n\r\ndata:two\ndata: lines\n\nid\revent: b\rdata\r\rretry: 250\n\nevent: lost\n\ndata: unfinished';
  const expected = [
    { id: "1", event: "a", text: '{"x":1}' },
    { id: "1", event: "message", text: "two\nlines" },
    { id: "", event: "b", text: "" },
  ];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 40 }), (cuts) => {
      const parser = new EventParser();
      const ends = [...cuts].sort((a, b) => a - b);
      const pieces = [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end));
      expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(expected);
      expect(parser.retryMs).toBe(250);
    }),
  );
});

test("X14 a stream that breaks off is taken up again behind its last event", async () => {
  await using server = await startFlakyServer(
    events('id: 1\nevent: a\ndata: {"n":1}\n\nid: 2\nevent: a\ndata: {"n":2}\n\nid: 3\ndata: {"n"', "cut"),
    cut,
    json(503, { error: "Draining", code: "SERVICE_UNAVAILABLE" }),
    events('id: 3\nevent: a\ndata: {"n":3}\n\n'),
    events(": connected\n\n"),
  );
  const found = await all(clientOf(server.url).events("GET /api/runs/{id}/events", run));
  expect(found.map(({ id, event, data }) => [id, event, data.n])).toEqual([
    ["1", "a", 1],
    ["2", "a", 2],
    ["3", "a", 3],
  ]);
  expect(server.received.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "2", "2", "2", "3"]);
  expect(server.received.every(({ headers }) => headers.accept === "text/event-stream")).toBe(true);
});

test("L1 a feed without end goes on when a server ends it, until the reader leaves", async () => {
  await using server = await startFlakyServer(
    events(": connected\n\n"),
    events("id: 7\ndata: {}\n\n"),
    events(": connected\n\n"),
    events("id: 8\ndata: {}\n\n"),
  );
  const ids: unknown[] = [];
  for await (const { id } of clientOf(server.url).events("GET /api/events", { headers: { "Last-Event-ID": "6" } })) {
    ids.push(id);
    if (ids.length === 2) break;
  }
  expect(ids).toEqual(["7", "8"]);
  expect(server.received.map(({ headers }) => headers["last-event-id"])).toEqual(["6", "6", "7", "7"]);
});

test("A stream that never brings anything is given up, and one that is none is told", async () => {
  await using broken = await startFlakyServer(events(": connected\n\n", "cut"));
  const lost = all(clientOf(broken.url).events("GET /api/runs/{id}/events", run));
  await expect(lost).rejects.toMatchObject({ status: 0, code: "connection_failed" });
  expect(broken.received).toHaveLength(5);
  await using other = await startFlakyServer(json(200, {}));
  const none = all(clientOf(other.url).events("GET /api/runs/{id}/events", run));
  await expect(none).rejects.toMatchObject({ code: "not_a_stream" });
});

test("A signal ends a stream that is silent", async () => {
  await using server = await startFlakyServer((response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": connected\n\n");
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("The user left")), 100);
  const read = all(clientOf(server.url).events("GET /api/runs/{id}/events", { ...run, signal: stop.signal }));
  await expect(read).rejects.toThrow("The user left");
});

const token = (text: string, index: number) =>
  `id: ${index}\nevent: stream\ndata: ${JSON.stringify({ type: "stream", data: { token: text, index, done: false } })}\n\n`;

test("+O1 chat text: pieces to the end; a chat that breaks off is not asked again", async () => {
  const end = 'event: stream\ndata: {"data":{"done":true,"response":"Hello"}}\n\n';
  await using server = await startFlakyServer(events(token("Hel", 0) + token("lo", 1) + end));
  expect(await all(chatText(clientOf(server.url), { message: "Hi", use_memory: true }))).toEqual(["Hel", "lo"]);
  expect(server.received[0]?.path).toBe("/chat/v2/stream?message=Hi&use_memory=true");
  for (const ending of ["cut", "end"] as const) {
    await using broken = await startFlakyServer(events(token("Hel", 0), ending));
    const read = all(chatText(clientOf(broken.url), { message: "Hi" }));
    await expect(read).rejects.toMatchObject({ code: "connection_failed" });
    expect(broken.received).toHaveLength(1);
  }
});

test("+O1 chat text: a failure within the stream is thrown with its code and field", async () => {
  const error = { code: "VALIDATION_ERROR", message: "No", details: { field: "message" }, request_id: "r" };
  const frame = `event: control\ndata: ${JSON.stringify({ type: "control", data: { action: "error", error } })}\n\n`;
  await using server = await startFlakyServer(events(token("Hel", 0) + frame));
  const read = all(chatText(clientOf(server.url), { message: "Hi" }));
  await expect(read).rejects.toMatchObject({ status: 400, code: "VALIDATION_ERROR", field: "message", requestId: "r" });
});

test("Completions: the first choice's pieces to [DONE]; an error or an early end is thrown", async () => {
  const chunk = (content: string) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;
  const input = { model: "codex", messages: [{ role: "user", content: "Hi" }] };
  await using server = await startFlakyServer(
    events(`${chunk("Hel")}data: {"choices":[]}\n\n${chunk("lo")}data: [DONE]\n\n`),
  );
  expect(await all(completionText(clientOf(server.url), input))).toEqual(["Hel", "lo"]);
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual({ ...input, stream: true });
  await using failing = await startFlakyServer(
    events(`${chunk("Hel")}data: {"error":{"message":"Too long","code":"context"}}\n\n`),
  );
  await expect(all(completionText(clientOf(failing.url), input))).rejects.toMatchObject({
    code: "context",
    message: "Too long",
  });
  await using early = await startFlakyServer(events(chunk("Hel")));
  await expect(all(completionText(clientOf(early.url), input))).rejects.toMatchObject({ code: "connection_failed" });
});
