import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { jsonBytesMax, parseJson } from "#lib/http/body";
import { agency } from "#lib/http/dialects/agency";
import { cloud } from "#lib/http/dialects/cloud";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { call } from "#lib/testing/call";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";

const echo = endpoint({
  summary: "Test",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  body: z.object({ text: z.string().optional(), size: z.number().optional() }),
  handler: ({ body, rawBody }) => ({ ...body, characters: rawBody.length }),
});
const post = (body: string, headers: Record<string, string> = {}) => call(echo, { body, headers });
const refused = (status: number, code: string) => ({ status, body: { code, error: expect.any(String) } });

test("malformed JSON is 400, also cut off, with a trailing comma, or beside another value", async () => {
  for (const body of ["{", '{"text":', '{"text":"a",}', "{} {}", "undefined", "NaN", "{'text':1}", '"\\ud800\\u"']) {
    expect(await post(body), body).toMatchObject(refused(400, "VALIDATION_ERROR"));
  }
});

test("a missing or blank body counts as {}, whatever its type; unknown fields are ignored", async () => {
  expect(await call(echo, { method: "POST" })).toMatchObject({ status: 200, body: { characters: 0 } });
  expect(await post("  \n")).toMatchObject({ status: 200 });
  expect(await post('{"text":"a","other":1}')).toMatchObject({ status: 200, body: { text: "a", characters: 22 } });
  expect((await post('{"text":"a","other":1}')).body).not.toHaveProperty("other");
});

test("wrong types are named per field; a body that is no object is refused", async () => {
  const wrong = await post('{"text":1,"size":"x"}');
  expect(wrong).toMatchObject({
    status: 400,
    body: { details: { text: expect.any(String), size: expect.any(String) } },
  });
  for (const body of ["[]", '"text"', "1", "null", "true"])
    expect(await post(body), body).toMatchObject(refused(400, "VALIDATION_ERROR"));
});

test("a content type that is not JSON is 415; JSON's relatives and none at all pass", async () => {
  for (const type of [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/json5",
    "application/jsonp",
  ]) {
    expect(await post("{}", { "content-type": type }), type).toMatchObject(refused(415, "UNSUPPORTED_MEDIA_TYPE"));
  }
  for (const type of [
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/problem+json",
    "",
  ]) {
    expect(await post("{}", { "content-type": type }), type).toMatchObject({ status: 200 });
  }
});

test("what cannot be stored or meant is 400: NUL, half a surrogate pair, __proto__, invalid UTF-8", async () => {
  const bad = [
    '{"text":"a\\u0000b"}',
    '{"a\\u0000":1}',
    '{"text":"\\ud800"}',
    '{"\\udc00":1}',
    '{"x":[{"__proto__":{"a":1}}]}',
    '{"__proto__":1}',
  ];
  for (const body of bad) expect(await post(body), body).toMatchObject(refused(400, "VALIDATION_ERROR"));
  expect(await post('{"text":"\\ud83d\\ude00 \\u0001"}')).toMatchObject({ status: 200, body: { text: "😀 \u0001" } });
  expect(({} as { a?: number }).a).toBeUndefined();
  for (const bytes of [
    [0x22, 0xff, 0x22],
    [0x22, 0xc0, 0x80, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
    [0xff, 0xfe, 0x7b, 0x00],
  ]) {
    const request = new Request("http://localhost:3000/api/test", {
      method: "POST",
      body: Buffer.from(bytes),
      headers: { "content-type": "application/json" },
    });
    expect((await echo(request)).status).toBe(400);
  }
});

test("50 levels of nesting are accepted, 51 refused, and a million do no harm", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  expect(() => parseJson(nested(50))).not.toThrow();
  expect(() => parseJson(nested(51))).toThrow(/nested deeper than 50/);
  expect(() => parseJson(`${'{"a":'.repeat(51)}1${"}".repeat(51)}`)).toThrow(/nested deeper than 50/);
  expect(() => parseJson(nested(1_000_000))).toThrow(/nested|not valid/);
});

const filled = (bytes: number) => `{"text":"${"x".repeat(bytes - 11)}"}`;

function streamed(text: string): ReadableStream<Uint8Array> {
  const bytes = Buffer.from(text);
  let sent = 0;
  return new ReadableStream({
    pull(controller) {
      if (sent >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(sent, sent + 65_536));
      sent += 65_536;
    },
  });
}

function send(body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers }, duplex: "half" };
  return echo(new Request("http://localhost:3000/api/test", init));
}

test("5 MB are accepted and one byte more is 413: with a length, without, and with one that lies", async () => {
  for (const [bytes, status] of [
    [jsonBytesMax, 200],
    [jsonBytesMax + 1, 413],
  ] as const) {
    const text = filled(bytes);
    expect(Buffer.byteLength(text)).toBe(bytes);
    expect((await send(text, { "content-length": String(bytes) })).status).toBe(status);
    expect((await send(streamed(text))).status).toBe(status);
    for (const lie of ["5", "", "-1", "x"])
      expect((await send(text, { "content-length": lie })).status, lie).toBe(status);
  }
  expect((await send("{}", { "content-length": "99999999" })).status).toBe(413);
  const inBytes = `{"text":"${"é".repeat(jsonBytesMax / 2)}"}`;
  expect((await send(streamed(inBytes))).status).toBe(413);
});

test("413, 415 and malformed JSON come in each family's frame", async () => {
  const frames = { paas, cloud, orchestratex, orchestra, agency };
  for (const [name, dialect] of Object.entries(frames)) {
    const one = endpoint({
      summary: "Test",
      dialect,
      auth: [],
      scopes: [],
      rateLimit: "default",
      body: z.object({}),
      handler: () => ({}),
    });
    for (const [status, options] of [
      [400, { body: "{" }],
      [413, { body: "{}", headers: { "content-length": "99999999" } }],
      [415, { body: "{}", headers: { "content-type": "text/plain" } }],
    ] as const) {
      const answer = await call(one, options);
      expect(answer.status, name).toBe(status);
      expect(dialect.errorSchema.safeParse(answer.body).success, name).toBe(true);
    }
  }
});

let host: SecondHost;
beforeAll(async () => {
  host = await startSecondHost();
});
afterAll(() => host.stop());

test("over a socket, too large a body is answered with 413, with a length and in chunks", async () => {
  const headers = { "content-type": "application/json" };
  const url = `${host.url}/api/auth/login`;
  const large = filled(jsonBytesMax + 1);
  const withLength = await fetch(url, { method: "POST", body: large, headers });
  expect(withLength.status).toBe(413);
  expect(await withLength.json()).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  const init = { method: "POST", body: streamed(large), headers, duplex: "half" } as const;
  expect((await fetch(url, init)).status).toBe(413);
  expect((await fetch(url, { method: "POST", body: filled(jsonBytesMax), headers })).status).toBe(400);
});
