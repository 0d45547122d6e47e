import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { checkManifest, manifestSchema } from "#lib/packages/manifest";

const root = join(import.meta.dirname, "../..");
const tool = { name: "look_up", description: "Looks up an order", url: "https://api.example.com/orders/{id}" };
const deep = (levels: number): unknown => (levels === 0 ? {} : { items: deep(levels - 1) });

test.each([
  ["a name alone", { name: "x" }],
  ["unknown fields", { name: "x", author: "me", anything: [1] }],
  [
    "a model with instructions and a strategy",
    { name: "x", model: "gpt-4", instructions: "Be kind", strategy: "refine" },
  ],
  ["settings of a strategy", { name: "x", strategy: { name: "refine", rounds: 3, threshold: 8.5 } }],
  [
    "a team",
    {
      name: "x",
      team: [
        { name: "a", model: "claude" },
        { name: "b", instructions: "Check" },
      ],
    },
  ],
  ["an input schema", { name: "x", inputSchema: { type: "object", properties: { a: { type: "string" } } } }],
  [
    "tools",
    { name: "x", tools: [{ ...tool, method: "POST", headers: { "x-key": "1" }, parameters: { type: "object" } }] },
  ],
])("%s is a declarative manifest", (_, value) => {
  const { manifest, problems } = checkManifest(value);
  expect(problems).toEqual([]);
  expect(manifest).toMatchObject({ name: "x", runtime: "declarative" });
});

test.each([
  [{ name: "x", runtime: "external", entrypoint: "main.py" }, "external"],
  [{ name: "x", runtime: "python3.12", tools: ["of its own kind"], model: 5 }, "python3.12"],
  [{ name: "x", entrypoint: "src.main:handler" }, "external"],
])("code for an external runtime is not looked into: %j", (value, runtime) => {
  expect(checkManifest(value).manifest).toMatchObject({ name: "x", runtime });
});

test.each<[Record<string, unknown>, RegExp]>([
  [{}, /name/],
  [{ name: "" }, /name/],
  [{ name: 1 }, /name/],
  [{ name: "x", model: 5 }, /model/],
  [{ name: "x", instructions: "x".repeat(50_001) }, /instructions/],
  [{ name: "x", strategy: "guess" }, /strategy/],
  [{ name: "x", strategy: { name: "refine", rounds: 11 } }, /strategy/],
  [{ name: "x", strategy: "team" }, /needs members/],
  [{ name: "x", team: [] }, /team/],
  [{ name: "x", team: [{ name: "a" }, { name: "a" }] }, /different names/],
  [{ name: "x", team: Array.from({ length: 11 }, (_, n) => ({ name: `m${n}` })) }, /team/],
  [{ name: "x", model: "gpt-4", team: [{ name: "a" }] }, /exclude each other/],
  [{ name: "x", strategy: "debate", team: [{ name: "a" }] }, /needs the strategy team/],
  [{ name: "x", inputSchema: "string" }, /inputSchema/],
  [{ name: "x", inputSchema: deep(40) }, /levels deep/],
  [{ name: "x", inputSchema: { description: "x".repeat(40_000) } }, /32000 characters/],
  [{ name: "x", tools: [tool, tool] }, /different names/],
  [{ name: "x", tools: [{ ...tool, name: "look up" }] }, /tools.0.name/],
  [{ name: "x", tools: [{ ...tool, method: "CONNECT" }] }, /tools.0.method/],
  [{ name: "x", tools: [{ ...tool, headers: { "x-a": "1\r\nx-b: 2" } }] }, /tools.0.headers/],
  [{ name: "x", tools: [{ ...tool, headers: { Host: "other" } }] }, /tools.0.headers/],
])("%j is refused, naming the field", (value, message) => {
  const { manifest, problems } = checkManifest(value);
  expect(manifest).toBeUndefined();
  expect(problems.join("\n")).toMatch(message);
});

test.each([
  "http://api.example.com",
  "https://{host}/x",
  "https://user:password@example.com/",
  "https://api.example.com\\@evil.example",
  "https://api.{tenant}.example.com/",
  "file:///etc/passwd",
  "https://",
])("a tool cannot call %s", (url) => {
  expect(checkManifest({ name: "x", tools: [{ ...tool, url }] }).problems.join()).toMatch(/tools.0.url/);
});

test("the published JSON Schema is the one of the code", async () => {
  const published = JSON.parse(await readFile(join(root, "public/schemas/apkg-manifest.json"), "utf8"));
  expect(published).toEqual(JSON.parse(JSON.stringify(manifestSchema())));
  const check = promisify(execFile)(process.execPath, [join(root, "scripts/manifest-schema.ts"), "--check"], {
    cwd: root,
  });
  expect((await check).stdout).toMatch(/is current/);
});
