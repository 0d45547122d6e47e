import { ensureBrowser } from "./lib/browser.mjs";
import { say } from "./lib/console.mjs";
import { ensureInstalled } from "./lib/install.mjs";
import { ensurePython } from "./lib/python.mjs";
import { allSteps, forgetOutsideServices, runSteps, summary } from "./lib/steps.mjs";

/** Installs what is missing and runs every check there is. The last line is the result. */
async function main() {
  const { chromium, python } = await prepare();
  forgetOutsideServices();
  // After the forgetting, which takes every variable of this name's kind.
  if (python) process.env.BATON_PYTHON = python;
  return runSteps(allSteps(chromium));
}

async function prepare() {
  const [python] = await Promise.all([ensurePython(), ensureInstalled()]);
  // A promise: nobody needs the browser before the last step, and installing it is mostly waiting.
  return { chromium: findBrowser(), python };
}

async function findBrowser() {
  try {
    return { path: await ensureBrowser() };
  } catch (error) {
    // The other tests are worth running; the browser tests will fail with this line.
    say(error.message);
    return { complaint: error.message };
  }
}

const total = await main().catch((error) => {
  say(error.message);
  return { passed: 0, failed: 1, skipped: 0 };
});
process.exitCode = total.failed === 0 ? 0 : 1;
say(`\n${summary(total)}`);
