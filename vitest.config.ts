import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const pathOf = (name: string) => join(import.meta.dirname, `${name}.test.ts`);
/** These take longest of all, which their size does not tell. */
const longest = ["sdk/typescript/test/server.alone", "sdk/python/python.alone"].map(pathOf);
/** These wait for clocks, though the tests' common database is enough for them. */
const waiting = ["lib/queue/processes", "lib/webhooks/failures"].map(pathOf);

/**
 * The longest files come first, as the last one standing works with one core. Those with a database of their own come
 * early. They also wait most, for other processes and for clocks, so others that keep the cores busy are mixed in.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const first = sorted.filter(({ moduleId }) => longest.includes(moduleId));
    const rest = sorted.filter((file) => !first.includes(file));
    const waits = ({ moduleId }: TestSpecification) => moduleId.includes(".alone.test.") || waiting.includes(moduleId);
    const others = rest.filter((file) => !waits(file));
    const mixed = rest.filter(waits).flatMap((file) => [file, ...others.splice(0, 2)]);
    return [...first, ...mixed, ...others];
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
    sequence: { sequencer: LongestFirst },
  },
});
