import { defineConfig } from "vitest/config";

const shared = {
  setupFiles: ["lib/testing/setup.ts"],
  testTimeout: 30_000,
  hookTimeout: 120_000,
  // These leave their process as they found it: the next file finds everything loaded.
  isolate: false,
  // As in vitest.config.ts.
  retry: process.env.CI ? 1 : 0,
};
const suite = ["app/api/**/*.test.ts", "app/mcp/**/*.test.ts"];
// These set up the process that answers (a fake Stripe, an S3 server, a data folder), or turn it to a database of their own.
const exclude = ["**/*.{process,alone}.test.ts", "**/node_modules/**"];
const development = "server/hosts/dev.hosts.ts";

/** The API suite against each host over HTTP, then both side by side; and what developers start. Needs a build (`npm run build`). */
export default defineConfig({
  test: {
    globalSetup: ["lib/testing/hosts-setup.ts"],
    maxWorkers: 3,
    projects: [
      { test: { ...shared, name: "dispatch", include: suite, exclude } },
      { test: { ...shared, name: "next", include: suite, exclude } },
      { test: { ...shared, name: "development", include: [development] } },
      {
        test: {
          ...shared,
          name: "both",
          include: ["server/hosts/*.hosts.ts"],
          exclude: [development],
          // How long a start takes says something only when nothing else runs.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
        },
      },
    ],
  },
});
