import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { DeclarativeManifest } from "#lib/packages/manifest";
import { fillTemplate, type ToolCall, toolsOf } from "#lib/runtime/tools";
import { startToolServer, type ToolServer } from "#lib/testing/tool-server";

let server: ToolServer;
let told: ToolCall[] = [];

beforeAll(async () => {
  server = await startToolServer();
});
beforeEach(() => {
  told = [];
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "1" });
});
afterEach(() => provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "" }));
afterAll(() => server.close());

function tool(declared: object) {
  const tools = [{ name: "look_up", description: "Looks something up.", ...declared }];
  const manifest = DeclarativeManifest.parse({ name: "agent", tools });
  const [made] = toolsOf(manifest, async (call) => void told.push(call));
  if (!made) throw new Error("There is no tool.");
  return (given: unknown, signal?: AbortSignal) => made.execute(given, signal);
}

test("parameters fill the URL's template; the others go to the query or, as JSON, to the body", async () => {
  const get = tool({ url: `${server.origin}/users/{id}?fields=all`, headers: { "X-Api-Key": "k" } });
  expect(await get({ id: "a/b c", page: 2 })).toContain("HTTP 200");
  expect(server.received.at(-1)).toMatchObject({
    method: "GET",
    url: "/users/a%2Fb%20c?fields=all&page=2",
    headers: { "x-api-key": "k" },
  });
  const post = tool({ method: "POST", url: `${server.origin}/users/{id}` });
  await post({ id: 7, name: "Ada" });
  expect(server.received.at(-1)).toMatchObject({ method: "POST", url: "/users/7", body: '{"name":"Ada"}' });
  expect(told.map(({ name, status }) => [name, status])).toEqual([
    ["look_up", 200],
    ["look_up", 200],
  ]);
});

test.each(["..", ".", "%2e%2e"])("an argument cannot lead out of its path: %s", (id) => {
  const fill = () => fillTemplate("https://api.example.com/v1/users/{id}/posts", { id });
  if (id.startsWith("%")) expect(fill().url.pathname).toBe("/v1/users/%252e%252e/posts");
  else expect(fill).toThrow("dot segment");
});

test("what breaks the declared parameters is told to the model, and not sent", async () => {
  const before = server.received.length;
  const parameters = { type: "object", required: ["city"], properties: { city: { type: "string" } } };
  const look = tool({ url: `${server.origin}/weather`, parameters });
  expect(await look({ city: 5 })).toBe("Error: arguments.city: Must be string");
  expect(await look({})).toBe("Error: arguments.city: Required field missing");
  expect(server.received.length).toBe(before);
  expect(told.map(({ status }) => status)).toEqual([null, null]);
});

test("answers are cut at 32 KB, redirects are not followed, and a run that ends takes its calls with it", async () => {
  const big = await tool({ url: `${server.origin}/big` })({});
  expect(big.length).toBeLessThan(17_000);
  expect(big).toContain("[cut off]");
  const before = server.received.length;
  expect(await tool({ url: `${server.origin}/moved` })({})).toContain("HTTP 302");
  expect(server.received.slice(before).map(({ url }) => url)).toEqual(["/moved"]);
  const stop = new AbortController();
  const slow = tool({ url: `${server.origin}/slow` })({}, stop.signal);
  setTimeout(() => stop.abort(new Error("cancelled")), 50);
  await expect(slow).rejects.toThrow("cancelled");
});

test.each([
  "https://127.0.0.1/x",
  "https://localhost/x",
  "https://169.254.169.254/latest/meta-data",
  "https://10.0.0.1/x",
  "https://2130706433/x",
])("a tool cannot reach %s", async (url) => {
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "" });
  expect(await tool({ url })({})).toMatch(/^Error: .*(public internet|local to a machine|four decimal numbers)/);
});

test("a model that goes in circles is stopped after 20 calls", async () => {
  const look = tool({ url: `${server.origin}/again` });
  const answers: string[] = [];
  for (let call = 0; call < 22; call++) answers.push(await look({}));
  expect(server.received.filter(({ url }) => url === "/again")).toHaveLength(20);
  expect(answers.at(-1)).toContain("no more tool calls");
});
