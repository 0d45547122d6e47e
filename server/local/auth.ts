import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type AuthConfig, AuthReport } from "./auth-protocol.ts";
import { childEnvironment } from "./child-environment.ts";
import { LocalPlatformError } from "./errors.ts";
import { endProcess } from "./process.ts";

export type AuthServer = { url: string; port: number; pid(): number | undefined };

export type AuthSettings = Omit<AuthConfig, "preparesSchema">;

/** The auth process: `listen` tells it what to serve once the database is there, `stop` ends it at any time. */
export type AuthProcess = {
  listen(config: AuthSettings, onRestart: () => void): Promise<AuthServer>;
  stop(): Promise<void>;
};

/**
 * Starts the auth process (GoTrue's API, from Supabase Lite), whose passwords' hashes are of bcrypt's `bcryptCost`. After
 * a crash it comes back on the same port.
 */
export function startAuth(bcryptCost: number, onLog: (line: string) => void): AuthProcess {
  const spawn = () => spawnAuth({ ...childEnvironment(), LITE_AUTH_BCRYPT_COST: String(bcryptCost) }, onLog);
  let child = spawn();
  let isStopping = false;
  let retry: NodeJS.Timeout | undefined;

  async function stop(): Promise<void> {
    isStopping = true;
    clearTimeout(retry);
    if (child.pid)
      await endProcess(child.pid, [
        ["SIGTERM", 3_000],
        ["SIGKILL", 2_000],
      ]);
  }

  async function listen(config: AuthSettings, onRestart: () => void): Promise<AuthServer> {
    const port = await configure(child, { ...config, preparesSchema: true });
    const keepAlive = (current: ChildProcess, startedAt: number, failures: number) =>
      current.once("exit", (code, signal) => {
        if (isStopping) return;
        const count = Date.now() - startedAt > 60_000 ? 0 : failures;
        const delayMs = Math.min(200 * 2 ** count, 10_000);
        onLog(`The auth process ended unexpectedly (${signal ?? code}); starting it again in ${delayMs} ms`);
        retry = setTimeout(() => void revive(count + 1), delayMs);
      });
    const revive = async (failures: number) => {
      child = spawn();
      keepAlive(child, Date.now(), failures);
      await configure(child, { ...config, port, preparesSchema: false }).then(onRestart, (error: Error) =>
        onLog(error.message),
      );
    };
    keepAlive(child, Date.now(), 0);
    return { url: `http://127.0.0.1:${port}`, port, pid: () => child.pid };
  }

  return { listen, stop };
}

/** In a session of its own, so that Ctrl-C at the terminal ends the app first and this one when the app says so. */
function spawnAuth(env: NodeJS.ProcessEnv, onLog: (line: string) => void): ChildProcess {
  const child = fork(fileURLToPath(new URL("./auth-process.ts", import.meta.url)), [], {
    execPath: process.execPath,
    execArgv: [],
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) logLines(stream, onLog);
  child.on("error", (error) => onLog(`auth: ${error.message}`));
  child.on("message", (message) => {
    const report = AuthReport.safeParse(message).data;
    if (report?.kind === "log") onLog(report.line);
  });
  return child;
}

function logLines(stream: Readable, onLog: (line: string) => void): void {
  createInterface({ input: stream }).on("line", (line) => onLog(`auth: ${line}`));
}

/** Hands over the configuration and waits for the port the child listens on. */
function configure(child: ChildProcess, config: AuthConfig): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (reason: string) => reject(new LocalPlatformError(`The auth process does not start: ${reason}`));
    child.once("error", (error) => failed(error.message));
    child.once("exit", (code, signal) => failed(`it ended (${signal ?? code})`));
    child.on("message", (message) => {
      const report = AuthReport.safeParse(message).data;
      if (report?.kind === "ready") resolve(report.port);
      if (report?.kind === "failed") failed(report.reason);
    });
    child.send(config, (error) => {
      if (error)
        failed(`it ended before it was told what to serve (${child.exitCode ?? error.message}); its log says why`);
    });
  });
}
