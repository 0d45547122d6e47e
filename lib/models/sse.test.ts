import { expect, test } from "vitest";
import { createSseReader } from "#lib/models/sse";

const stream = [
  'data: {"text":"Grüße 🌍"}\n\n',
  ": keep-alive\n\n",
  'event: x\r\ndata: {"a":\r\ndata: 1}\r\n\r\n',
  "data:no space\n\n",
  "data: [DONE]\n\n",
].join("");
const bytes = Buffer.from(stream);
const datas = ['{"text":"Grüße 🌍"}', "", '{"a":\n1}', "no space", "[DONE]"];

function readAll(chunks: Uint8Array[]) {
  const reader = createSseReader();
  const events = chunks.flatMap((chunk) => reader.push(chunk));
  const joined = Buffer.concat(events.map((event) => event.bytes)).toString();
  return { datas: events.map((event) => event.data), joined, rest: reader.rest().byteLength };
}

test("the events and their bytes are the same wherever the stream is cut in two", () => {
  for (let cut = 0; cut <= bytes.length; cut++) {
    const read = readAll([bytes.subarray(0, cut), bytes.subarray(cut)]);
    expect(read, `cut at ${cut}`).toEqual({ datas, joined: stream, rest: 0 });
  }
});

test("the events are the same when the stream comes byte by byte", () => {
  const read = readAll(Array.from(bytes, (byte) => Uint8Array.of(byte)));
  expect(read).toEqual({ datas, joined: stream, rest: 0 });
});

test("an event without its blank line is held back", () => {
  const reader = createSseReader();
  expect(reader.push(Buffer.from("data: half"))).toEqual([]);
  expect(Buffer.from(reader.rest()).toString()).toBe("data: half");
});

test("an event that never ends is given up", () => {
  const reader = createSseReader();
  const chunk = Buffer.alloc(5 * 1024 * 1024, "x");
  reader.push(chunk);
  expect(() => reader.push(chunk)).toThrow("larger than 8 MB");
});
