import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "#server/local/ports";

export const root = join(import.meta.dirname, "..");

export type Child = { url: string; pid: number; stop(): Promise<void> };

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`${url} ended with ${child.exitCode}`);
    const isUp = await fetch(url).then(
      (response) => response.arrayBuffer().then(() => true),
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not come up within 30 s`);
}

/** Starts a Node program that listens on the port it is given (`{port}` among its arguments) and waits until it answers. */
export async function startChild(program: string[], environment: Record<string, string> = {}): Promise<Child> {
  const port = await freePort();
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: "/tmp",
    NEXT_TELEMETRY_DISABLED: "1",
    ...environment,
    NODE_ENV: "production" as const,
  };
  const argv = program.map((part) => part.replace("{port}", String(port)));
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://127.0.0.1:${port}`;
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  await answers(`${url}/health`, child);
  const stop = async () => {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await ended;
    clearTimeout(timer);
    process.off("exit", kill);
  };
  return { url, pid: child.pid ?? 0, stop };
}
