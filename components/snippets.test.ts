import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { chatSnippets } from "./snippets";

const question = {
  origin: "https://baton.example",
  model: "sonnet",
  messages: [{ role: "user" as const, content: "It's 5 o'clock: \"$HOME\" `id` \\n\nüñ" }],
};

/** What curl would be given, according to a real shell. */
function argumentsOf(snippet: string): string[] {
  const script = `curl() { for each in "$@"; do printf '%s\\036' "$each"; done; }\n${snippet}`;
  const env = { NODE_ENV: "test" as const, BATON_API_KEY: "sk_live_from_environment" };
  return execFileSync("/bin/sh", ["-c", script], { env, encoding: "utf8" }).split("\u001e");
}

test("the curl line sends any text unharmed, with the key of the environment", () => {
  const given = argumentsOf(chatSnippets(question).curl);
  expect(given[0]).toBe("https://baton.example/v1/chat/completions");
  expect(given).toContain("Authorization: Bearer sk_live_from_environment");
  expect(JSON.parse(given[given.indexOf("-d") + 1] ?? "")).toEqual({ model: "sonnet", messages: question.messages });
});

test("a known key is filled in everywhere, and the environment is no longer needed", () => {
  const snippets = chatSnippets({ ...question, apiKey: "sk_live_own" });
  for (const snippet of Object.values(snippets)) expect(snippet).toContain("sk_live_own");
  expect(snippets.python).not.toContain("os.environ");
});
