import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { freePort } from "#server/local/ports";

const root = join(import.meta.dirname, "../..");
const dataDir = mkdtempSync(join(tmpdir(), "baton-test-dev-"));
let child: ChildProcess | undefined;

afterAll(() => {
  child?.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts what `npm run dev` starts. Next lets only one such server run in a folder. */
async function startDeveloping(): Promise<{ dev: ChildProcess; url: string }> {
  const port = await freePort();
  const dev = spawn(process.execPath, [join(root, "server/main.ts"), "--dev", "--port", String(port)], {
    cwd: root,
    env: {
      PATH: "/usr/bin:/bin",
      HOME: "/tmp",
      NODE_ENV: "development",
      NEXT_TELEMETRY_DISABLED: "1",
      BATON_DATA_DIR: dataDir,
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = dev;
  await new Promise<void>((resolve, reject) => {
    dev.stdout?.on("data", (text: Buffer) => text.includes("Baton is running") && resolve());
    dev.once("exit", (code) => reject(new Error(`It ended with ${code}; does another npm run dev run here?`)));
  });
  return { dev, url: `localhost:${port}` };
}

test("npm run dev: hot reload reaches the browser, and a tab left open does not hold up the end", async () => {
  const { dev, url } = await startDeveloping();
  expect((await fetch(`http://${url}/no-such-page`)).status).toBe(404);
  const tab = new WebSocket(`ws://${url}/_next/hmr?id=test`, { origin: `http://${url}` });
  const [message] = await once(tab, "message");
  expect(JSON.parse(String(message))).toHaveProperty("type");
  const ended = once(dev, "exit");
  dev.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
}, 90_000);
