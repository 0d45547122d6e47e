import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure } from "./console.mjs";
import { runtime } from "./install.mjs";
import { root, toolEnvironment } from "./project.mjs";
import { runQuiet } from "./run.mjs";

// The shell draws no window, and is the faster for it.
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const macPrograms = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** A Chromium that runs: the one named or installed on this machine, else one that is installed now. */
export async function ensureBrowser() {
  return find() ?? (await viaPlaywright()) ?? (await viaApt()) ?? giveUp();
}

function find() {
  const named = [process.env.PLAYWRIGHT_CHROMIUM, process.env.BATON_CHROMIUM].filter(Boolean);
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...named, ...onPath, ...macPrograms, playwrightPath()].find(isRunnable);
}

/** Being there is not enough: Ubuntu has a stub that only asks for snap, and a download may lack system libraries. */
function isRunnable(program) {
  if (!program || !existsSync(program)) return false;
  const answer = spawnSync(program, ["--version"], { encoding: "utf8", timeout: 20_000 });
  return answer.status === 0 && /chrom/i.test(answer.stdout);
}

function playwrightPath() {
  const script = 'import("playwright-core").then(({ chromium }) => process.stdout.write(chromium.executablePath()))';
  return spawnSync(runtime(), ["-e", script], { cwd: root, encoding: "utf8" }).stdout.trim();
}

async function viaPlaywright() {
  const cli = join(root, "node_modules/@playwright/test/cli.js");
  await attempt("Installing a browser", runtime(), [cli, "install", "--no-shell", "chromium"]);
  return find();
}

async function viaApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  const env = toolEnvironment({ DEBIAN_FRONTEND: "noninteractive" });
  await attempt("Reading the package lists", "apt-get", ["update"], env);
  const install = (name) => ["install", "-y", "--no-install-recommends", name];
  await attempt("Installing Chromium", "apt-get", install("chromium-headless-shell"), env);
  if (find()) return find();
  await attempt("Installing Chromium", "apt-get", install("chromium"), env);
  return find();
}

/** What counts is whether a browser is found afterwards, so a failure is not the last word. */
async function attempt(label, command, args, env) {
  await runQuiet(label, command, args, { env, timeoutMs: 300_000 }).catch(() => undefined);
}

function giveUp() {
  const ways = 'Install Chromium or Chrome, run "npx playwright install --with-deps chromium",';
  throw new Failure(`No browser for the browser tests. ${ways} or set PLAYWRIGHT_CHROMIUM to the path of one.`);
}
