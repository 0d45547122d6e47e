import type { TestProject } from "vitest/node";
import { startTestPlatform } from "#lib/testing/platform";

declare module "vitest" {
  interface ProvidedContext {
    environment: Record<string, string>;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const platform = await startTestPlatform({ isDurable: false });
  project.provide("host", "");
  project.provide("otherHost", "");
  project.provide("environment", platform.environment);
  return platform.stop;
}
