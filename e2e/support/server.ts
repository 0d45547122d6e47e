import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentNames } from "#lib/env";
import { childEnvironment } from "#server/local/child-environment";
import { freePort } from "#server/local/ports";

const root = join(import.meta.dirname, "../..");
const outputCharsMax = 8_000;

export type Baton = { url: string; stop(): Promise<void> };

/**
 * Starts what `npm start` starts, with the production build, on a port and a data folder of its own. `stop` removes the
 * folder. Should this process die, the server notices and ends too.
 */
export async function startBaton(settings: Record<string, string> = {}): Promise<Baton> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("There is no build. Run npm run build first.");
  const dataDir = mkdtempSync(join(tmpdir(), "baton-e2e-"));
  const port = await freePort();
  // Named, though empty, so that neither this shell nor somebody's .env can lead the server to a real service.
  const blank = Object.fromEntries(environmentNames.map((name) => [name, ""]));
  const nowhere = "http://127.0.0.1:9";
  const child = fork(join(root, "server/main.ts"), ["--port", String(port)], {
    cwd: root,
    execArgv: [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...childEnvironment(),
      ...blank,
      // The model SDKs read these by themselves and do not take an empty one.
      OPENAI_BASE_URL: nowhere,
      ANTHROPIC_BASE_URL: nowhere,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "warn",
      RATE_LIMIT_MULTIPLIER: "1000",
      AUTH_BCRYPT_COST: "4",
      // The receivers of web hooks in these tests are on this machine.
      WEBHOOK_ALLOW_PRIVATE: "1",
      BATON_DATA_DIR: dataDir,
      ...settings,
    },
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await untilRunning(child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://localhost:${port}`, stop };
}

function untilRunning(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-outputCharsMax);
      if (output.includes("Baton is running at")) resolve();
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("exit", (code) => reject(new Error(`Baton ended with ${code} instead of starting:\n${output}`)));
  });
}
