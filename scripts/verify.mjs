import { runScript, say } from "./lib/console.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { forgetOutsideServices, quickSteps, runSteps, summary } from "./lib/steps.mjs";

/** The checks that every commit passes: format, lint, types, tests, generated files. */
async function main() {
  await ensureInstalled();
  forgetOutsideServices();
  const total = await runSteps(quickSteps);
  process.exitCode = total.failed === 0 ? 0 : 1;
  say(`\n${summary(total)}`);
}

await runScript(main);
