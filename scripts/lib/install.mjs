import { execFileSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./console.mjs";
import { hashOf, readStamp, root } from "./project.mjs";
import { runQuiet } from "./run.mjs";

const stamp = "node_modules/.baton-lock";
const nodeMajorMin = 24;

/** Whether node_modules is what package-lock.json asks for on this machine. */
export function isInstalled() {
  return readStamp(stamp) === wanted();
}

/** Installs the packages when they are missing or the lock file has changed. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  rmSync(join(root, stamp), { force: true });
  // Started by npm, the same npm is used; on its own, the one on PATH.
  const npm = process.env.npm_execpath?.endsWith("npm-cli.js") ? [process.execPath, process.env.npm_execpath] : ["npm"];
  const [command, ...args] = [...npm, "install", "--no-audit", "--no-fund", "--include=dev", "--include=optional"];
  await runQuiet("Installing packages", command, args, {
    env: { ...process.env, npm_config_progress: "false" },
    remedy: "Check the network and free disk space, then start again.",
  });
  runtime();
  writeFileSync(join(root, stamp), `${wanted()}\n`);
}

/** The Node that runs the project: the one from its packages, or the running one when that is new enough. */
export function runtime() {
  const own = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.exe" : "node");
  const found = existsSync(own) ? own : process.execPath;
  const version = versionOf(found);
  if (Number.parseInt(version, 10) >= nodeMajorMin) return found;
  throw new Failure(
    `Baton needs Node ${nodeMajorMin}, which its packages bring along, but ${found} is ${version || "not runnable"}. ` +
      "Allow install scripts (npm config set ignore-scripts false), delete node_modules and start again, " +
      `or start with a Node of version ${nodeMajorMin} or newer.`,
  );
}

function versionOf(node) {
  try {
    return execFileSync(node, ["--version"], { encoding: "utf8", stdio: "pipe" }).trim().replace(/^v/, "");
  } catch {
    return "";
  }
}

function wanted() {
  return hashOf(["package.json", "package-lock.json"]).update(`${process.platform}-${process.arch}`).digest("hex");
}
