import { afterAll, inject } from "vitest";
import { provideEnvironment, rawEnvironment } from "#lib/env";

provideEnvironment(inject("environment"));

const found = rawEnvironment();

// Registered before any of the file's own, so this runs after them: the next file in this process begins as this one did.
afterAll(() => {
  const empty = Object.fromEntries(Object.keys(rawEnvironment()).map((name) => [name, ""]));
  const before = Object.fromEntries(Object.entries(found).map(([name, value = ""]) => [name, value]));
  provideEnvironment({ ...empty, ...before });
});
