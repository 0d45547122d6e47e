import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startTestPlatform } from "#lib/testing/platform";
import { freePort } from "#server/local/ports";

declare module "vitest" {
  interface ProvidedContext {
    /** The second host, where a test compares two. */
    otherHost: string;
  }
}

const root = join(import.meta.dirname, "../..");

type Host = { url: string; child: ChildProcess };

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`The host for ${url} ended with ${child.exitCode}.`);
    const isUp = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The host at ${url} did not come up within 30 s.`);
}

async function startHost(kind: "dispatch" | "next", environment: Record<string, string>): Promise<Host> {
  const port = await freePort(undefined);
  const command =
    kind === "dispatch"
      ? [join(root, "lib/testing/dispatch-host.ts"), String(port)]
      : [join(root, "node_modules/next/dist/bin/next"), "start", "-H", "127.0.0.1", "-p", String(port)];
  const url = `http://localhost:${port}`;
  const env = {
    PATH: "/usr/bin:/bin",
    HOME: "/tmp",
    NEXT_TELEMETRY_DISABLED: "1",
    ...environment,
    NODE_ENV: "production" as const,
    BATON_URL: url,
  };
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
  await answers(url, child);
  return { url, child };
}

/** Which of the hosts answers in each project of vitest.hosts.config.ts, and which is compared with it. */
const hostsOf: Record<string, ("dispatch" | "next")[]> = {
  dispatch: ["dispatch"],
  next: ["next"],
  both: ["dispatch", "next"],
};

/** Starts the hosts that the projects of this run need, each once, over one platform. */
export default async function setup({ vitest }: TestProject): Promise<() => Promise<void>> {
  const needed = new Set(vitest.projects.flatMap(({ name }) => hostsOf[name] ?? []));
  if (needed.has("next") && !existsSync(join(root, ".next/BUILD_ID"))) {
    throw new Error("There is no build to test. Run: npm run build");
  }
  const platform = await startTestPlatform({ isDurable: false });
  const starting = [...needed].map(async (kind) => [kind, await startHost(kind, platform.environment)] as const);
  const hosts = new Map(await Promise.all(starting));
  for (const project of vitest.projects) {
    const [first, second] = hostsOf[project.name] ?? [];
    project.provide("environment", platform.environment);
    project.provide("host", (first && hosts.get(first)?.url) ?? "");
    project.provide("otherHost", (second && hosts.get(second)?.url) ?? "");
  }
  return async () => {
    for (const { child } of hosts.values()) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
    await platform.stop();
  };
}
