import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { say } from "./console.mjs";
import { toolEnvironment } from "./project.mjs";
import { runQuiet } from "./run.mjs";

const packages = ["python3-httpx", "python3-websockets"];
const check = "import sys, httpx, websockets; sys.exit(0 if sys.version_info >= (3, 9) else 1)";

/** A Python that can run the Python SDK, the one named by BATON_PYTHON first; nothing when there is none. */
export function findPython() {
  return [process.env.BATON_PYTHON, "/usr/bin/python3", "python3"].find(isUsable);
}

/** Such a Python, installing its packages where that is possible without asking; else says what to install. */
export async function ensurePython() {
  const found = findPython() ?? (await viaApt());
  if (!found) {
    const ways = 'Install them ("apt-get install python3-httpx python3-websockets", or "pip install httpx websockets")';
    say(`No Python 3.9 or later with httpx and websockets: the tests of the Python SDK are skipped. ${ways}`);
    say("or set BATON_PYTHON to the path of a Python that has them.");
  }
  return found;
}

function isUsable(program) {
  if (!program) return false;
  return spawnSync(program, ["-c", check], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

async function viaApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const env = toolEnvironment({ DEBIAN_FRONTEND: "noninteractive" });
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  // What counts is whether a Python is found afterwards, so a failure is not the last word.
  for (const [label, ...args] of [
    ["Reading the package lists", "update"],
    ["Installing Python packages", ...install],
  ]) {
    await runQuiet(label, "apt-get", args, { env, timeoutMs: 300_000 }).catch(() => undefined);
  }
  return findPython();
}
