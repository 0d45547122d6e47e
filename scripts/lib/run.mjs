import { spawn } from "node:child_process";
import { Failure, say, stopwatch } from "./console.mjs";
import { root, toolEnvironment } from "./project.mjs";

const heartbeatMs = 15_000;
const outputCharsMax = 12_000;

/** Runs a command with its output on the terminal; answers with its exit code. */
export function runLoud(command, args, options = {}) {
  return finished(spawnTool(command, args, { ...options, stdio: ["ignore", "inherit", "inherit"] }), options.timeoutMs);
}

/** Runs a command and holds its output back: answers with both, for commands that run side by side. */
export async function runHeld(command, args) {
  const child = spawnTool(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  return { code: await finished(child), output };
}

/** Runs a command silently, with a line at the start, at the end and now and then; its output shows when it fails. */
export async function runQuiet(label, command, args, options = {}) {
  const elapsed = stopwatch();
  say(`${label} ...`);
  const child = spawnTool(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const collect = (chunk) => {
    output = (output + chunk).slice(-outputCharsMax);
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const heartbeat = setInterval(() => say(`${label}: still at it after ${elapsed()}`), heartbeatMs);
  const code = await finished(child, options.timeoutMs);
  clearInterval(heartbeat);
  if (code === 0) return say(`${label}: done in ${elapsed()}`);
  const reason = code === 127 ? `${command} was not found` : `exit code ${code}`;
  const verdict = `${label}: failed after ${elapsed()} (${reason}). ${options.remedy ?? ""}`.trim();
  throw new Failure(`${output.trimEnd()}\n\n${verdict}`.trim());
}

function spawnTool(command, args, { env, stdio }) {
  return spawn(command, args, { cwd: root, env: env ?? toolEnvironment(), stdio });
}

/** 127 stands for a command that does not exist, 1 for one that a signal ended. */
function finished(child, timeoutMs) {
  return new Promise((resolve) => {
    const timer = timeoutMs && setTimeout(() => child.kill("SIGTERM"), timeoutMs);
    child.once("error", () => resolve(127));
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}
