import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createOrganization } from "../../../lib/testing/factories.ts";
import { signedHeaders } from "../../../lib/webhooks/signature.ts";
import { prepareHost } from "./host.ts";

const sdk = join(import.meta.dirname, "..");
const tsc = join(sdk, "../../node_modules/typescript/bin/tsc");
const host = await prepareHost();
const folder = mkdtempSync(join(tmpdir(), "baton-sdk-"));
const packed = join(folder, "package");
let apiKey = "";

/** The package as it would be installed, also under the names that the documents' samples use. */
beforeAll(async () => {
  for (const [project, out] of [
    ["tsconfig.json", "dist"],
    ["tsconfig.cjs.json", "cjs/dist"],
  ] as const) {
    execFileSync(process.execPath, [tsc, "-p", join(sdk, project), "--outDir", join(packed, out)]);
  }
  writeFileSync(join(packed, "package.json"), readFileSync(join(sdk, "package.json")));
  writeFileSync(join(packed, "cjs/package.json"), readFileSync(join(sdk, "cjs/package.json")));
  for (const name of ["@baton/sdk", "@ai-orchestra/sdk", "j1msky-sdk"]) {
    mkdirSync(join(folder, "node_modules", name, ".."), { recursive: true });
    symlinkSync(packed, join(folder, "node_modules", name));
  }
  ({ apiKey } = await createOrganization());
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program in a folder that has the package, with no flags unless said; answers what it printed. */
async function run(file: string, text: string, flags: string[] = []): Promise<string> {
  writeFileSync(join(folder, file), text);
  const child = spawn(process.execPath, [...flags, file], {
    cwd: folder,
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "test" },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
  const [code] = await once(child, "close");
  expect(code, printed).toBe(0);
  return printed;
}
const base = () => `baseUrl: ${JSON.stringify(host.url)}`;

test("O1 O2 the chat document's sample runs as printed, apart from URL and key", async () => {
  const printed = await run(
    "sample.mjs",
    `import { AIOrchestra } from '@ai-orchestra/sdk';

const client = new AIOrchestra({ apiKey: '${apiKey}', ${base()} });

// Promise-based
const response = await client.chat({
  message: 'Explain React hooks',
  optimizationMode: 'quality'
});

// WebSocket streaming
const stream = client.streamChat({
  message: 'Generate a React component',
  onToken: (token) => console.log(token)
});

const text = await stream.done;
console.log(JSON.stringify({ response: response.response, text }));
`,
  );
  const lines = printed.trim().split("\n");
  const { response, text } = JSON.parse(lines.at(-1) ?? "");
  expect(response).not.toBe("");
  expect(lines.slice(0, -1).join("")).toBe(text.replaceAll("\n", ""));
});

const agencySample = () => `const { Agency } = require('j1msky-sdk');

const agency = new Agency({
  apiKey: '${apiKey}',
  ${base()}
});

(async () => {
// Spawn agent
const agent = await agency.spawn({
  model: 'k2p5',
  task: 'Write a blog post about AI',
  priority: 'normal'
});

// Get result
const result = await agent.waitForCompletion();
console.log(result.output);
})();
`;

test.each([
  ["with today's Node", []],
  ["with a Node that cannot require modules", ["--no-experimental-require-module"]],
])("A19 the agency document's sample runs as printed, apart from URL and key, %s", async (_, flags) => {
  expect((await run("sample.cjs", agencySample(), flags)).trim()).not.toBe("");
});

test("A19 O1 the build runs in plain Node: named and default exports of every entry, and a call", async () => {
  const printed = await run(
    "entries.mjs",
    `import { Baton, AIOrchestra, Agency, verifyWebhook } from "@baton/sdk";
import AgencyByDefault, { Agency as Named } from "@baton/sdk/agency";
import OrchestraByDefault from "@baton/sdk/orchestra";
import { verifyWebhook as verify } from "@baton/sdk/webhooks";
const baton = new Baton({ apiKey: "${apiKey}", ${base()} });
const { agent_id } = await baton.operations[Object.keys(baton.operations).find((id) => /^(spawnAgent|postApiSpawn)$/.test(id))]({ body: { task: "Go" } });
console.log(Agency === AgencyByDefault && Agency === Named && AIOrchestra === OrchestraByDefault && verifyWebhook === verify, agent_id);
`,
  );
  expect(printed).toMatch(/^true subagent_\d{10}_\d{4}\n$/);
});

test.each([
  ["Calls", /^$/],
  ["Agents", /\S/],
  ["Chat", /\S/],
])("O1 A19 the README's program under %s runs", async (title, output) => {
  const readme = readFileSync(join(sdk, "README.md"), "utf8");
  const program = readme.split(`\n## ${title}\n`)[1]?.match(/```js\n(.*?)```/s)?.[1] ?? "";
  const text = program.replaceAll('"http://localhost:3000"', JSON.stringify(host.url));
  expect(text).toContain(host.url);
  expect(await run("readme.mjs", text.replaceAll("process.env.BATON_API_KEY", JSON.stringify(apiKey)))).toMatch(output);
});

test.each(["mjs", "cjs"])(
  "A27 web hooks are verified also where WebCrypto is no global, as in Node 18 (%s)",
  async (type) => {
    const headers = signedHeaders({
      ...{ endpointId: "wh_1", deliveryId: "d1", event: "agent.completed", payload: "{}", secrets: ["s"] },
      unixSeconds: Math.floor(Date.now() / 1000),
    });
    const load = type === "mjs" ? 'await import("@baton/sdk/webhooks")' : 'require("@baton/sdk/webhooks")';
    const text = `(async () => {
Object.defineProperty(globalThis, "crypto", { value: undefined });
const { verifyWebhook } = ${load};
const { event } = await verifyWebhook({ payload: "{}", headers: ${JSON.stringify(headers)}, secret: "s" });
console.log(event);
})();`;
    expect(await run(`hooks.${type}`, text)).toBe("agent.completed\n");
  },
);

test("The declarations are usable, and refuse what the API would", () => {
  const text = `import { Baton } from "@baton/sdk";
const baton = new Baton();
const { agent_id } = await baton.request("POST /api/spawn", { body: { task: "Go", model: "opus" } });
const id: string = agent_id;
for await (const { status, actual_cost } of baton.items("GET /api/agents")) console.log(id, status satisfies string, actual_cost satisfies number);
// @ts-expect-error the body is required
await baton.request("POST /api/spawn");
// @ts-expect-error there is no such model
await baton.request("POST /api/spawn", { body: { task: "Go", model: "gpt" } });
// @ts-expect-error the id is required
await baton.request("GET /api/agent/{id}");
export const other: unknown = await baton.request("GET /api/agent/subagent_1");
`;
  writeFileSync(join(folder, "typed.mts"), text);
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "",
    "--lib",
    "es2022,dom,dom.iterable",
  ];
  const { stdout, status } = run2([tsc, ...options, "typed.mts"]);
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

function run2(args: string[]): { stdout: string; status: number } {
  try {
    return { stdout: execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" }), status: 0 };
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return { stdout, status };
  }
}

test("Outside the command line nothing imports a module of Node, or a package", () => {
  const files = readdirSync(join(packed, "dist"), { recursive: true, encoding: "utf8" });
  const modules = files.filter((name) => name.endsWith(".js") && !name.startsWith("cli/"));
  expect(modules.length).toBeGreaterThan(15);
  for (const name of modules) {
    const text = readFileSync(join(packed, "dist", name), "utf8");
    const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(([, specifier]) => specifier);
    expect(
      imported.filter((specifier) => !specifier?.startsWith("./")),
      name,
    ).toEqual([]);
    expect(text, name).not.toMatch(/\b(Buffer|process|require|__dirname)\b\s*[.([]/);
  }
});
