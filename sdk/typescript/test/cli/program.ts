import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

export const main = join(import.meta.dirname, "../../src/cli/main.ts");

// What one of the many starts has compiled, the next need not.
const compiled = join(tmpdir(), "baton-cli-compiled");

/** A terminal around a program; only util-linux has one that takes its words like this. */
export const hasTerminal = spawnSync("script", ["-qec", "true", "/dev/null"], { stdio: "ignore" }).status === 0;

export type Ended = { code: number | null; out: string; err: string };
export type Started = { child: ChildProcess; ended: Promise<Ended>; err: () => string; out: () => string };
type Options = { input?: string; env?: Record<string, string>; cwd?: string; program?: string[]; isOpen?: true };

/** The real program as a process of its own, with a home and an environment of its own. */
export function cliIn(shared: () => Record<string, string>) {
  const home = mkdtempSync(join(tmpdir(), "baton-cli-"));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const start = (words: string[], { input, env = {}, cwd = home, program = [main], isOpen }: Options = {}): Started => {
    const [first = process.execPath, ...rest] = program.length > 1 ? program : [process.execPath, ...program];
    const child = spawn(first, [...rest, ...words], {
      cwd,
      env: { PATH: "/usr/bin:/bin", HOME: home, NODE_COMPILE_CACHE: compiled, NODE_ENV: "test", ...shared(), ...env },
      stdio: [input === undefined && !isOpen ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const said = { out: "", err: "" };
    child.stdout?.setEncoding("utf8").on("data", (text) => (said.out += text));
    child.stderr?.setEncoding("utf8").on("data", (text) => (said.err += text));
    if (!isOpen) child.stdin?.end(input);
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, ...said }));
    });
    return { child, ended, err: () => said.err, out: () => said.out };
  };
  const run = (words: string[], options?: Options): Promise<Ended> => start(words, options).ended;
  return { home, start, run };
}

/** Waits until a process has said something. Throws when it ends without. */
export async function until({ ended, err, out }: Started, isSaid: (said: string) => boolean): Promise<void> {
  let isOver = false;
  void ended.finally(() => (isOver = true));
  while (!isSaid(out() + err())) {
    if (isOver) throw new Error(`It ended without: ${out()}${err()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const lines = (text: string) => text.trim().split("\n");
export const records = (text: string) => lines(text).map((line) => JSON.parse(line));
