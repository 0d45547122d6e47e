import { expect, test } from "vitest";
import { rewriteBody } from "#lib/models/rewrite";
import { ChatCompletionRequest } from "#lib/models/schema";

const messages = [{ role: "user", content: "hi" }];

function rewrite(raw: string, upstreamId: string): string {
  return rewriteBody(ChatCompletionRequest.parse(JSON.parse(raw)), raw, upstreamId);
}

test("the very text is forwarded when nothing needs to change", () => {
  const raw = '{ "model": "qwen3",\n "messages":[{"role":"user","content":"hi"}], "seed":12345678901234567890 }';
  expect(rewrite(raw, "qwen3")).toBe(raw);
});

test("only the model's value changes; order, spacing and large numbers stay", () => {
  const raw = '{"seed":12345678901234567890, "model" :  "gpt4","messages":[{"role":"user","content":"hi"}]}';
  expect(rewrite(raw, "gpt-4-0125-preview")).toBe(raw.replace('"gpt4"', '"gpt-4-0125-preview"'));
});

test("a stream is asked for its usage once, and the caller's own stream options stay", () => {
  const plain = JSON.stringify({ model: "gpt4", stream: true, messages });
  expect(JSON.parse(rewrite(plain, "x"))).toEqual({
    model: "x",
    stream: true,
    messages,
    stream_options: { include_usage: true },
  });
  const own = JSON.stringify({ model: "gpt4", stream: true, messages, stream_options: { include_obfuscation: false } });
  expect(JSON.parse(rewrite(own, "x")).stream_options).toEqual({ include_obfuscation: false, include_usage: true });
  const asked = JSON.stringify({ model: "gpt4", stream: true, messages, stream_options: { include_usage: true } });
  expect(rewrite(asked, "gpt4")).toBe(asked);
});

test.each([
  ["named in a message", { model: "gpt4", messages: [{ role: "user", content: 'say "model": "gpt4"' }] }],
  ["named in a tool", { messages, tools: [{ parameters: { properties: { model: "gpt4" } } }], model: "gpt4" }],
  ["a value like the key", { messages: [{ role: "model", content: "x" }], model: "gpt4" }],
])("the right model is rewritten when the word appears twice: %s", (_, body) => {
  expect(JSON.parse(rewrite(JSON.stringify(body), "up"))).toEqual({ ...body, model: "up" });
});

test("of two model keys the parsed one counts, for Baton and for the provider", () => {
  const twice = '{"model":"opus","messages":[{"role":"user","content":"hi"}],"model":"gpt4"}';
  expect(rewrite(twice, "gpt-4-0125-preview")).not.toContain("opus");
  const escaped = '{"model":"gpt4","messages":[{"role":"user","content":"hi"}],"mod\\u0065l":"gpt4"}';
  expect(rewrite(escaped, "up").match(/gpt4/)).toBeNull();
});
