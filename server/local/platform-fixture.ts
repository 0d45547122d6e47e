import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createClient } from "@supabase/supabase-js";
import { Client } from "pg";
import { z } from "zod";
import { type LocalPlatform, type LocalPlatformOptions, startLocalPlatform } from "./platform.ts";
import { waitUntil } from "./process.ts";

const Processes = z.object({ postgres: z.object({ pid: z.int() }), auth: z.object({ pid: z.int() }) });

/** A temporary data folder for one test, with what was started on it. `close` ends and removes it all. */
export function platformFixture() {
  // Mode 0700, as mkdtemp makes it: under root the database's own user could not get in without help.
  const root = mkdtempSync(join(tmpdir(), "baton-platform-"));
  const dataDir = join(root, ".baton");
  const options = { dataDir, siteUrl: "http://localhost:3000", requireEmailVerification: false };
  const log: string[] = [];
  const open: LocalPlatform[] = [];
  const holders: ChildProcess[] = [];

  return {
    dataDir,
    log,

    async start(overrides: Partial<LocalPlatformOptions> = {}): Promise<LocalPlatform> {
      const onLog = (line: string) => log.push(line);
      const platform = await startLocalPlatform({ ...options, ...overrides, onLog });
      open.push(platform);
      return platform;
    },

    /** A separate process that starts the platform on the same folder and keeps it. */
    async startHolder(): Promise<ChildProcess> {
      const child = spawn(process.execPath, [writeHolder(root, options)], { stdio: ["ignore", "pipe", "inherit"] });
      holders.push(child);
      const isUp = once(createInterface({ input: child.stdout }), "line");
      const hasEnded = once(child, "exit").then(() => Promise.reject(new Error("the holder did not start")));
      await Promise.race([isUp, hasEnded]);
      hasEnded.catch(() => undefined);
      return child;
    },

    processes: () => Processes.parse(JSON.parse(readFileSync(join(dataDir, "local.json"), "utf8"))),

    async close(): Promise<void> {
      for (const platform of open) await platform.stop();
      for (const holder of holders)
        if (holder.exitCode === null && holder.signalCode === null) await end(holder, dataDir);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The holder exits without stopping the platform, which then asks the database to close on its own. */
async function end(holder: ChildProcess, dataDir: string): Promise<void> {
  holder.kill("SIGTERM");
  await once(holder, "exit");
  await waitUntil(() => !existsSync(join(dataDir, "postgres", "postmaster.pid")), 10_000);
}

function writeHolder(root: string, options: object): string {
  const script = join(root, "holder.ts");
  const module = fileURLToPath(new URL("./platform.ts", import.meta.url));
  const lines = [
    'process.once("SIGTERM", () => process.exit());',
    `const { startLocalPlatform } = await import(${JSON.stringify(module)});`,
    `await startLocalPlatform(${JSON.stringify(options)});`,
    'process.stdout.write("up\\n");',
    "setInterval(() => undefined, 1000);",
  ];
  writeFileSync(script, lines.join("\n"));
  return script;
}

export async function query(url: string, statement: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

export function authClient({ supabaseUrl, anonKey }: LocalPlatform) {
  return createClient(supabaseUrl, anonKey, { auth: { persistSession: false } }).auth;
}

export const ada = { email: "ada@example.com", password: "correct horse" };
