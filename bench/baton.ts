import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./children.ts";

export type RunningBaton = {
  child: ChildProcess;
  pid: number;
  url: string;
  stop(signal?: NodeJS.Signals): Promise<void>;
};

/**
 * What `npm start` runs once everything is installed and built; resolves when it says that it runs. With a database among
 * `settings` it brings none of its own.
 */
export async function startBaton(port: number, settings: Record<string, string>): Promise<RunningBaton> {
  const child = fork(join(root, "server/main.ts"), ["--port", String(port)], {
    cwd: root,
    execArgv: [],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: {
      PATH: "/usr/bin:/bin",
      HOME: "/tmp",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "warn",
      ...settings,
      NODE_ENV: "production" as const,
    },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (text: Buffer) => /is running/.test(text.toString()) && resolve());
    child.once("exit", (code) => reject(new Error(`Baton ended with ${code} instead of starting`)));
  });
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return { child, pid: child.pid ?? 0, url: `http://127.0.0.1:${port}`, stop };
}
