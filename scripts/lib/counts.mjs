import { existsSync, readFileSync } from "node:fs";
import { playwrightFailures, playwrightFlakes, vitestFailures, vitestFlakes } from "./reports.mjs";

/** The tests of one vitest run, read from its JSON report; a file that cannot even be loaded is one failed test. */
export function vitestCounts(reportPath, exitCode) {
  return checked(exitCode, read(reportPath), (report) => {
    const broken = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken.length,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: vitestFailures(report),
      flakes: vitestFlakes(report),
    };
  });
}

/** The tests of one Playwright run; a test that passed on a second try has passed. */
export function playwrightCounts(reportPath, exitCode) {
  return checked(exitCode, read(reportPath), (report) => ({
    passed: report.stats.expected + report.stats.flaky,
    failed: report.stats.unexpected,
    skipped: report.stats.skipped,
    failures: playwrightFailures(report),
    flakes: playwrightFlakes(report),
  }));
}

/** A check without a report of its own, like the type check, counts as one test. */
export function singleCount(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** A run that failed counts at least one failure, even when its report shows none or is missing. */
function checked(exitCode, report, count) {
  if (!report) return singleCount(1);
  const counts = count(report);
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function read(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
