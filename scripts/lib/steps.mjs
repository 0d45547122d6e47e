import { join } from "node:path";
import { build } from "./build.mjs";
import { say, stopwatch } from "./console.mjs";
import { playwrightCounts, singleCount, vitestCounts } from "./counts.mjs";
import { toolEnvironment } from "./project.mjs";
import { runHeld, runLoud } from "./run.mjs";
import { scratchFolder } from "./scratch.mjs";

// A test run must never reach the services that the developer's shell is set up for.
const outside = /^(DATABASE_URL|(NEXT_PUBLIC_)?SUPABASE_|S3_|AWS_|STRIPE_|SMTP_|BATON_|OTEL_)|_API_KEY$|^NODE_ENV$/;

/** Removes from this process, and so from every tool it starts, what could lead a test to a real service. */
export function forgetOutsideServices() {
  for (const name of Object.keys(process.env)) if (outside.test(name)) delete process.env[name];
}

const check = (title, ...commands) => ({
  title,
  run: async () => {
    let said = "";
    for (const [command, ...args] of commands) {
      const { code, output } = await runHeld(command, args);
      said += output;
      if (code !== 0) return { ...singleCount(code), said };
    }
    return { ...singleCount(0), said };
  },
});

const vitest = (title, name, ...args) => ({
  title,
  run: async (folder) => {
    const report = join(folder, `${name}.json`);
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    return vitestCounts(report, await runLoud("vitest", ["run", ...args, ...reporters]));
  },
});

const browser = (chromium) => ({
  title: "Browser tests",
  needsBuild: true,
  run: async (folder) => {
    const report = join(folder, "browser.json");
    const { path, complaint } = await chromium;
    if (!path) {
      say(complaint);
      return singleCount(1);
    }
    const env = toolEnvironment({ BATON_CHROMIUM: path, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
    return playwrightCounts(report, await runLoud("playwright", ["test", "--reporter=list,json"], { env }));
  },
});

const building = {
  title: "Build",
  isBuild: true,
  run: () =>
    build().then(
      () => singleCount(0),
      (error) => {
        say(error.message);
        return singleCount(1);
      },
    ),
};

/** What `npm run verify` runs before a commit. */
export const quickSteps = [
  [
    // With one checker: each further one works out for itself most of what the others know.
    check("Types", ["next", "typegen"], ["tsc", "--noEmit", "--checkers", "1"]),
    check("Format", ["biome", "format", "."]),
    check("Lint", ["biome", "check", "--formatter-enabled=false", "."]),
    check("OpenAPI document is current", ["node", "scripts/openapi.ts", "--check"]),
    check("Database types are current", ["node", "scripts/db-types.ts", "--check"]),
  ],
  vitest("Unit and integration tests", "unit"),
];

/** What `npm test` runs: everything. `chromium` promises the path of a browser, or the complaint that there is none. */
export function allSteps(chromium) {
  // Our dispatch answered the same suite in the unit tests already; `npm run test:hosts` sends it over HTTP to both.
  const hosts = vitest(
    "The API on the other host",
    "hosts",
    "--config",
    "vitest.hosts.config.ts",
    "--project",
    "next",
    "--project",
    "development",
    "--project",
    "both",
  );
  return [...quickSteps, building, { ...hosts, needsBuild: true }, browser(chromium)];
}

/**
 * Runs the steps in order, those of a list side by side, whatever fails on the way; without a build, what needs it counts
 * as failed. What failed is said again at the end, where it is looked for.
 */
export async function runSteps(steps) {
  const folder = scratchFolder();
  process.env.TMPDIR = folder;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const flakes = [];
  let isBuilt = true;
  for (const entry of steps) {
    const group = [entry].flat();
    const running = group.map((step) => {
      if (group.length === 1) say(`\n== ${step.title}`);
      return timed(step, folder, isBuilt);
    });
    for (const [index, step] of group.entries()) {
      const { counts, took } = await running[index];
      // What ran beside others held its output back.
      if (group.length > 1) say(`\n== ${step.title}\n${counts.said.trimEnd()}`);
      if (step.isBuild) isBuilt = counts.failed === 0;
      for (const key of Object.keys(total)) total[key] += counts[key];
      // A check without a report of its own, or one that fails outside its tests, goes by its own name.
      if (counts.failed > 0) failures.push(...(counts.failures?.length ? counts.failures : [step.title]));
      flakes.push(...(counts.flakes ?? []));
      say(`-- ${step.title}: ${counts.failed === 0 ? "ok" : "FAILED"} (${summary(counts)}) in ${took}`);
    }
  }
  sayAll("Passed at the second try only", flakes);
  sayAll("Failed", failures);
  return total;
}

async function timed(step, folder, isBuilt) {
  const elapsed = stopwatch();
  const counts = step.needsBuild && !isBuilt ? singleCount(1) : await step.run(folder);
  return { counts, took: elapsed() };
}

function sayAll(title, entries) {
  if (entries.length > 0) say(`\n== ${title}\n${entries.join("\n\n")}`);
}

export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
