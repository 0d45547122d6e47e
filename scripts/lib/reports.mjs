import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "./project.mjs";

const messageLinesMax = 12;
/** Places in the test runner say nothing of what went wrong. */
const foreign = /^\s+at .*(node_modules|new Promise|<anonymous>)/;

/** What failed in a vitest report, as lines to read: file and name of the test, then the first lines of its message. */
export function vitestFailures({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === "failed");
    // A file that cannot even be loaded has no tests to name.
    if (status === "failed" && failed.length === 0) return [entryOf(file, message)];
    return failed.map((test) => entryOf(`${file} > ${test.fullName}`, test.failureMessages.join("\n")));
  });
}

/** What a vitest report says passed, but not at the first try. */
export function vitestFlakes({ testResults }) {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === "passed" && test.failureMessages.length > 0)
      .map((test) => entryOf(`${relative(root, name)} > ${test.fullName}`, test.failureMessages.join("\n"))),
  );
}

/** What failed in a Playwright report, every try of it. */
export const playwrightFailures = (report) => entriesOf(report, "unexpected");

/** What failed at the first try and passed at the second, with the message of the first. */
export const playwrightFlakes = (report) => entriesOf(report, "flaky");

function entriesOf(report, status) {
  const found = specsOf(report).filter(({ tests }) => tests.some((test) => test.status === status));
  return found.map((spec) => entryOf(titleOf(spec), errorsOf(spec).join("\n")));
}

const titleOf = ({ file, line, title }) => `${file}:${line} > ${title}`;

function specsOf({ suites = [], specs = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function errorsOf({ tests }) {
  return tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message ?? "")));
}

function entryOf(title, message) {
  const plain = stripVTControlCharacters(message ?? "")
    .trim()
    .split("\n");
  const lines = plain.filter((line) => !foreign.test(line)).slice(0, messageLinesMax);
  return [title, ...lines.map((line) => `    ${line}`)].join("\n");
}
