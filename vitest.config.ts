import { defineConfig } from "vitest/config";

const folders = "{lib,app,server,scripts,sdk,components}";
// These have a database of their own, or end what a process cannot begin again.
const alone = [`${folders}/**/*.alone.test.ts`];
const shared = {
  setupFiles: ["lib/testing/setup.ts"],
  testTimeout: 20_000,
  hookTimeout: 60_000,
  // A slow shared machine may lose a race once, which is told at the end; what fails twice has failed.
  retry: process.env.CI ? 1 : 0,
};

/** All other files leave their process as they found it, so that the next one finds everything loaded there. */
export default defineConfig({
  test: {
    globalSetup: ["lib/testing/global-setup.ts"],
    // More than cores: somebody always waits for a clock.
    maxWorkers: 4,
    projects: [
      { test: { ...shared, name: "alone", include: alone } },
      {
        test: {
          ...shared,
          name: "together",
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: ["**/node_modules/**", ...alone],
          isolate: false,
        },
      },
    ],
  },
});
