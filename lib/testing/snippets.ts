import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Fence } from "#lib/docs/markdown";

const root = join(import.meta.dirname, "../..");

export type Ran = {
  line: number;
  /** Of every call that curl made, in order. */
  statuses: number[];
  exitCode: number;
  output: string;
  complaints: string;
};

/** Where snippets are sent: the host, a key, a receiver of web hooks, and the PATH on which their programs are found. */
type Target = { origin: string; apiKey: string; receiver: string; path: string };

/** The snippet with the running host in the place of the one that guides are written with. */
export function aimed(code: string, { origin, receiver }: Pick<Target, "origin" | "receiver">): string {
  return code
    .replaceAll("http://localhost:3000", origin)
    .replaceAll("ws://localhost:3000", origin.replace("http", "ws"))
    .replaceAll("https://example.com/baton", receiver);
}

type Ended = { exitCode: number; output: string; complaints: string };

function run(program: string, given: string[], cwd: string, { apiKey, path }: Target): Promise<Ended> {
  const child = spawn(program, given, {
    cwd,
    // What the reader's shell has, and no more.
    env: {
      PATH: [dirname(process.execPath), path].join(delimiter),
      HOME: cwd,
      BATON_API_KEY: apiKey,
      NODE_ENV: "test",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = { exitCode: -1, output: "", complaints: "" };
  child.stdout.on("data", (bytes) => {
    ended.output += bytes;
  });
  child.stderr.on("data", (bytes) => {
    ended.complaints += bytes;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve({ ...ended, exitCode: exitCode ?? -1 }));
  });
}

const marker = (index: number) => `--- block ${index} ---`;

function partOf(text: string, index: number): string {
  const [, after = ""] = text.split(`${marker(index)}\n`);
  return after.split("\n--- block ")[0] ?? "";
}

/**
 * Runs the shell blocks of a guide one after the other in one shell, as a reader would who pastes them, in a folder that is
 * thrown away. Answers what came of each.
 */
export async function runShell(fences: readonly Fence[], target: Target): Promise<Ran[]> {
  const cwd = await mkdtemp(join(tmpdir(), "baton-docs-"));
  const blocks = fences.map(({ code }, index) =>
    [
      `printf '\\n%s\\n' '${marker(index)}'; printf '\\n%s\\n' '${marker(index)}' >&2`,
      aimed(code, target).trimEnd(),
      "printf '\\nEXIT %s\\n' \"$?\" >&2",
    ].join("\n"),
  );
  const script = [
    "set -uo pipefail",
    `curl() { command curl -sS --max-time 60 -w '%{stderr}\\nHTTP %{http_code}\\n' "$@"; }`,
    ...blocks,
  ].join("\n");
  try {
    await writeFile(join(cwd, "guide.sh"), script);
    const { output, complaints } = await run("bash", ["guide.sh"], cwd, target);
    return fences.map(({ line }, index) => {
      const said = partOf(complaints, index);
      return {
        line,
        statuses: [...said.matchAll(/^HTTP (\d+)$/gm)].map(([, status]) => Number(status)),
        exitCode: Number(/^EXIT (\d+)$/m.exec(said)?.[1] ?? -1),
        output: partOf(output, index),
        complaints: said.replace(/^(HTTP|EXIT) \d+$/gm, "").trim(),
      };
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Runs a whole program of a guide: JavaScript with the packages of this project, or Python with none. */
export async function runProgram({ language, code, line }: Fence, target: Target): Promise<Ended> {
  const folder = join(root, "node_modules/.cache/docs-snippets");
  await mkdir(folder, { recursive: true });
  const isPython = language === "python";
  const file = join(folder, `${process.pid}-${line}.${isPython ? "py" : "mjs"}`);
  await writeFile(file, aimed(code, target));
  try {
    return await run(isPython ? "python3" : process.execPath, [file], folder, target);
  } finally {
    await rm(file, { force: true });
  }
}
