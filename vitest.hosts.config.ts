import { defineConfig } from "vitest/config";

const shared = {
  globalSetup: ["lib/testing/hosts-setup.ts"],
  setupFiles: ["lib/testing/setup.ts"],
  testTimeout: 30_000,
  hookTimeout: 120_000,
  // These leave their process as they found it: the next file finds everything loaded.
  isolate: false,
};
const suite = ["app/api/**/*.test.ts", "app/mcp/**/*.test.ts"];
// These set up the process that answers (a fake Stripe, an S3 server, a data folder), so that they need it to be their own.
const exclude = ["**/*.{process,alone}.test.ts", "**/node_modules/**"];

/** The API suite against each host over HTTP, then both side by side. Needs a build (`npm run build`). */
export default defineConfig({
  test: {
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: "dispatch", include: suite, exclude } },
      { test: { ...shared, name: "next", include: suite, exclude } },
      {
        test: {
          ...shared,
          name: "both",
          include: ["server/hosts/*.hosts.ts"],
          // How long a start takes says something only when nothing else runs.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
});
