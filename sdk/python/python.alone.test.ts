import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { type SecondHost, startSecondHost } from "#lib/testing/second-host";
import { daysAgo, moveCredits } from "#lib/testing/usage-rows";
import { startWorker, type Worker } from "#server/worker";
import { findPython } from "../../scripts/lib/python.mjs";
import { currentModule } from "./operations.ts";

type Result = { name: string; outcome: "passed" | "failed" | "skipped"; message: string; seconds: number };

const runner = join(import.meta.dirname, "tests/run.py");
const python = findPython();
const environment = {
  PATH: "/usr/bin:/bin",
  HOME: "/tmp",
  PYTHONDONTWRITEBYTECODE: "1",
  PYTHONIOENCODING: "utf-8",
};

function listTests(program: string): string[] {
  const listed = spawnSync(program, [runner, "--list"], { encoding: "utf8", env: { ...process.env, ...environment } });
  if (listed.status !== 0) throw new Error(`The Python tests could not be listed.\n${listed.stderr}`);
  return JSON.parse(listed.stdout);
}

/** Runs a module's tests, or the one test of that name; answers how each went. What Python says besides goes to the terminal. */
async function run(program: string, name: string, more: Record<string, string>): Promise<Result[]> {
  const env = { ...process.env, ...environment, ...more };
  const child = spawn(program, [runner, name], { env, stdio: ["ignore", "pipe", "inherit"] });
  const results: Result[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{"name"')) results.push(JSON.parse(line));
  }
  return results;
}

/** Runs all modules beside one another: most of their time they wait for agents. */
async function runTests(program: string, names: string[], more: Record<string, string>): Promise<Map<string, Result>> {
  const modules = [...new Set(names.map((name) => name.split(".")[0] ?? ""))];
  const results = await Promise.all(modules.map((name) => run(program, name, more)));
  return new Map(results.flat().map((result) => [result.name, result]));
}

test("the Python SDK's tables of operations are those of the API description", () => {
  const { wanted, present } = currentModule();
  expect(present, "Write them anew: node sdk/python/operations.ts").toBe(wanted);
});

if (!python) test.skip("Python SDK: no Python with httpx and websockets", () => undefined);
else {
  const databaseUrl = (await ownDatabase()).DATABASE_URL ?? "";
  const names = listTests(python);

  describe("Python SDK", () => {
    let host: SecondHost;
    let worker: Worker;
    let results: Map<string, Result>;
    let app: Record<string, string>;

    beforeAll(async () => {
      worker = startWorker();
      host = await startSecondHost({ DATABASE_URL: databaseUrl });
      const { apiKey, organizationId } = await createOrganization();
      await moveCredits(organizationId, "grant", 1_000, daysAgo(0, "00:00:00"));
      app = { BATON_TEST_URL: host.url, BATON_TEST_KEY: apiKey };
      results = await runTests(python, names, app);
    }, 300_000);
    afterAll(async () => {
      await Promise.all([host?.stop(), worker?.stop(5_000)]);
    });

    test.for(names)("%s", async (name, { task }) => {
      const isAgain = (task.result?.retryCount ?? 0) > 0;
      const result = isAgain ? (await run(python, name, app))[0] : results.get(name);
      // With a running app nothing is skipped: a test that did not run, or would not, is a failure.
      expect(result, `${name} was not run.`).toBeDefined();
      expect(result?.outcome, result?.message).toBe("passed");
    });
  });
}
