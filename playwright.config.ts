import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const named = process.env.BATON_CHROMIUM ?? process.env.PLAYWRIGHT_CHROMIUM;
const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
/** Left out, Playwright uses the browser it has downloaded. */
const executablePath = named ?? installed.find((path) => existsSync(path));

/** What Chromium needs to run as root in a container, and to leave the network alone. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page of these tests lives for seconds: compiling its code any better costs more time than it saves.
  "--js-flags=--no-opt,--no-maglev",
];

const phoneFiles = /phone\.e2e\.ts/;
// Screenshots for the README are made when a folder for them is named, and are no test otherwise.
const screenshotFiles = process.env.BATON_SCREENSHOTS ? [] : ["**/screenshots.e2e.ts"];

/** The browser tests: the real server over the production build, which has to be there (`npm run build`). */
export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  testIgnore: screenshotFiles,
  outputDir: "test-results",
  globalSetup: "./e2e/support/global-setup.ts",
  fullyParallel: true,
  // More than cores: somebody always waits for a clock.
  workers: 3,
  // A slow shared machine may lose a race with a browser once; what fails twice has failed.
  retries: process.env.CI ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: { ...(executablePath && { executablePath }), args },
    locale: "en-US",
    timezoneId: "UTC",
    // Recording every test takes a tenth of the time: `--trace on` for one that fails.
    trace: "on-first-retry",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
  },
  projects: [
    // First, as its one test is a long one: nobody should wait for it alone in the end.
    {
      name: "phone",
      testMatch: phoneFiles,
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    },
    {
      name: "desktop",
      testIgnore: ["**/phone.e2e.ts", ...screenshotFiles],
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
