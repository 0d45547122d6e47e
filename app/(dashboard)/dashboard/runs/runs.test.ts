import { expect, test } from "vitest";
import { askedOf } from "./asked";
import { chipsOf, readRunsQuery, runsHref } from "./query";

test("what was asked is found in what each kind of run keeps", () => {
  expect(askedOf({ prompt: "Write.", domain: "coding" })).toEqual({ prompt: "Write." });
  expect(askedOf({ message: "Hi", session_id: "s" })).toEqual({ prompt: "Hi" });
  const messages = [
    { role: "user", content: "One" },
    { role: "assistant", content: "Two" },
    { role: "user", content: "Three" },
  ];
  expect(askedOf({ messages })).toEqual({ prompt: "Three" });
  expect(askedOf({ customer: "Ada" })).toEqual({ json: '{\n  "customer": "Ada"\n}' });
  expect(askedOf(null)).toBeNull();
});

test("a filter survives the way through the address, wrong values fall away, and each chip removes its own", () => {
  const query = readRunsQuery({ kind: "chat", status: "nonsense", model: "gpt4", from: "2026-13-01", page: "3" });
  expect(query).toEqual({ filter: { kind: "chat", model: "gpt4", sort: "newest" }, page: 3 });
  expect(runsHref(query, { page: 2 })).toBe("/dashboard/runs?kind=chat&model=gpt4&page=2");
  expect(chipsOf(query)).toEqual([
    { label: "Kind", value: "Chat", without: "/dashboard/runs?model=gpt4" },
    { label: "Model", value: "gpt4", without: "/dashboard/runs?kind=chat" },
  ]);
});
