import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { inject } from "vitest";
import { childEnvironment } from "#server/local/child-environment";
import { freePort } from "#server/local/ports";

const root = join(import.meta.dirname, "../..");

export type SecondHost = { url: string; port: number; pid: number; stop(): Promise<void> };

/** Another process of Baton over the same database: caches, pool and rate-limit leases of its own, a real socket. */
export async function startSecondHost(extra: Record<string, string> = {}): Promise<SecondHost> {
  const port = await freePort(undefined);
  const url = `http://localhost:${port}`;
  const env = {
    ...childEnvironment(),
    NODE_ENV: "test" as const,
    ...inject("environment"),
    BATON_URL: url,
    ...extra,
  };
  const program = join(root, "lib/testing/dispatch-host.ts");
  const child = spawn(process.execPath, [program, String(port)], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`The second host ended with ${child.exitCode}.`);
    const isUp = await fetch(`${url}/readiness`).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (isUp) return { url, port, pid: child.pid ?? 0, stop };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  throw new Error("The second host did not come up within 20 s.");
}
