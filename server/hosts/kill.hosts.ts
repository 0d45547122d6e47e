import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { freePort } from "#server/local/ports";

const root = join(import.meta.dirname, "../..");
const started: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) await end(child, "SIGTERM");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}

/** Starts the app as `npm start` does once everything is installed and built; answers after its first answered request. */
async function startApp(dataDir: string, port: number): Promise<{ child: ChildProcess; url: string; seconds: number }> {
  const startedAt = Date.now();
  const env = { PATH: "/usr/bin:/bin", HOME: "/tmp", NODE_ENV: "production" as const, BATON_DATA_DIR: dataDir };
  const program = [join(root, "server/main.ts"), "--port", String(port)];
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { ...env, LOG_LEVEL: "warn", RATE_LIMIT_MULTIPLIER: "1000" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  started.push(child);
  const url = `http://localhost:${port}`;
  while (child.exitCode === null && Date.now() - startedAt < 60_000) {
    const isUp = await fetch(`${url}/readiness`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return { child, url, seconds: (Date.now() - startedAt) / 1_000 };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The app did not come up (exit code ${child.exitCode}).`);
}

async function ownerOf(dataDir: string): Promise<{ key: string; email: string; password: string }> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      return JSON.parse(readFileSync(join(dataDir, "owner.json"), "utf8"));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
  throw new Error("There is no owner.json.");
}

test("after kill -9 everything that was acknowledged is there, and the next start answers within 5 s", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "baton-test-kill-"));
  folders.push(dataDir);
  const port = await freePort(undefined);
  const first = await startApp(dataDir, port);
  const owner = await ownerOf(dataDir);
  const headers = { authorization: `Bearer ${owner.key}`, "content-type": "application/json" };

  const acknowledged: { key: string; id: string }[] = [];
  let isKilled = false;
  const write = async (worker: number) => {
    for (let number = 0; !isKilled; number++) {
      const body = JSON.stringify({ name: `key ${worker}-${number}` });
      const answer = await fetch(`${first.url}/api/api-keys`, { method: "POST", headers, body })
        .then(async (response) => ({ status: response.status, body: await response.json() }))
        .catch(() => undefined);
      if (answer?.status === 201) acknowledged.push({ key: answer.body.apiKey.key, id: answer.body.apiKey.id });
    }
  };
  const writing = [0, 1, 2, 3].map(write);
  while (acknowledged.length < 40) await new Promise((resolve) => setTimeout(resolve, 5));
  await end(first.child, "SIGKILL");
  isKilled = true;
  await Promise.all(writing);

  const second = await startApp(dataDir, port);
  expect(second.seconds).toBeLessThan(5);
  const listed = await (await fetch(`${second.url}/api/api-keys?limit=100`, { headers })).json();
  const ids = listed.apiKeys.map(({ id }: { id: string }) => id);
  expect(acknowledged.length).toBeGreaterThanOrEqual(40);
  expect(ids).toEqual(expect.arrayContaining(acknowledged.map(({ id }) => id)));
  const last = acknowledged.at(-1)?.key;
  const session = await fetch(`${second.url}/api/auth/session`, { headers: { authorization: `Bearer ${last}` } });
  expect(await session.json()).toMatchObject({ user: { email: owner.email }, organization: { credits: 25 } });
  const login = await fetch(`${second.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: owner.email, password: owner.password }),
  });
  expect(login.status).toBe(200);
});
