import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files with a database of their own come first: they take longest, and the last one standing works with one core. */
class OwnDatabasesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const hasOwn = ({ moduleId }: TestSpecification) => moduleId.includes(".alone.test.");
    return [...sorted.filter(hasOwn), ...sorted.filter((file) => !hasOwn(file))];
  }
}

/** All files leave their process as they found it, so that the next one finds everything loaded there. */
export default defineConfig({
  test: {
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/setup.ts"],
    include: ["{lib,app,server,scripts,sdk,components}/**/*.test.{ts,tsx}"],
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // A slow shared machine may lose a race once, which is told at the end; what fails twice has failed.
    retry: process.env.CI ? 1 : 0,
    // More than cores: somebody always waits for a clock.
    maxWorkers: 4,
    sequence: { sequencer: OwnDatabasesFirst },
  },
});
