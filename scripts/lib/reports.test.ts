import { expect, test } from "vitest";
import { root } from "./project.mjs";
import { playwrightFailures, playwrightFlakes, vitestFailures, vitestFlakes } from "./reports.mjs";

test("a vitest report's failures are named with file, test and message; a file that did not load by its own", () => {
  const passed = { status: "passed", fullName: "adds up", failureMessages: [] };
  const failed = {
    status: "failed",
    fullName: "C1 signs in",
    failureMessages: ["AssertionError: \u001b[31mno\u001b[39m\n    at lib/auth.test.ts:3\n    at node_modules/x.js:1"],
  };
  const testResults = [
    { name: `${root}/lib/sums.test.ts`, status: "passed", message: "", assertionResults: [passed] },
    { name: `${root}/lib/auth.test.ts`, status: "failed", message: "", assertionResults: [passed, failed] },
    { name: `${root}/lib/lost.test.ts`, status: "failed", message: "Cannot find module", assertionResults: [] },
  ];
  expect(vitestFailures({ testResults })).toEqual([
    "lib/auth.test.ts > C1 signs in\n    AssertionError: no\n        at lib/auth.test.ts:3",
    "lib/lost.test.ts\n    Cannot find module",
  ]);
});

test("what passed at the second try of vitest is named with why the first one failed", () => {
  const passed = { status: "passed", fullName: "adds up", failureMessages: [] };
  const flaky = { status: "passed", fullName: "X4 follows", failureMessages: ["Error: too late"] };
  const testResults = [
    { name: `${root}/lib/a.test.ts`, status: "passed", message: "", assertionResults: [passed, flaky] },
  ];
  expect(vitestFlakes({ testResults })).toEqual(["lib/a.test.ts > X4 follows\n    Error: too late"]);
  expect(vitestFailures({ testResults })).toEqual([]);
});

test("long messages are cut", () => {
  const message = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
  const testResults = [{ name: `${root}/lib/lost.test.ts`, status: "failed", message, assertionResults: [] }];
  expect(vitestFailures({ testResults })[0]?.split("\n")).toHaveLength(13);
});

test("a Playwright report's failures and flakes are found in every suite, with the errors of each try", () => {
  const spec = (title: string, status: string, ...messages: string[]) => ({
    file: "keys.e2e.ts",
    line: 4,
    title,
    tests: [{ status, results: messages.map((message) => ({ errors: message ? [{ message }] : [] })) }],
  });
  const report = {
    suites: [
      { specs: [spec("opens", "expected", "")] },
      { suites: [{ specs: [spec("closes", "unexpected", "first", "second"), spec("waits", "flaky", "late", "")] }] },
    ],
  };
  expect(playwrightFailures(report)).toEqual(["keys.e2e.ts:4 > closes\n    first\n    second"]);
  expect(playwrightFlakes(report)).toEqual(["keys.e2e.ts:4 > waits\n    late"]);
});
