import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#server/local/ports";
import { startBaton } from "./baton.ts";
import { root } from "./children.ts";
import { memoryMbOf } from "./processes.ts";
import type { Row } from "./table.ts";

const idleMs = 20_000;

/** Seconds until the first request is answered, and the running server. */
async function timeStart(dataDir: string) {
  const port = await freePort();
  const startedAt = performance.now();
  const baton = await startBaton(port, { BATON_DATA_DIR: dataDir });
  const answer = await fetch(`${baton.url}/api/health`);
  if (!answer.ok) throw new Error(`The first request was answered with ${answer.status}`);
  return { baton, seconds: (performance.now() - startedAt) / 1_000 };
}

/** What somebody waits for after `npm start`, with nothing to install or build, and what it takes while nobody asks. */
export async function measureStart(): Promise<Row[]> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("Build first: npm run build");
  const dataDir = mkdtempSync(join(tmpdir(), "baton-bench-"));
  const first = await timeStart(dataDir);
  await first.baton.stop();
  const again = await timeStart(dataDir);
  await again.baton.stop("SIGKILL");
  const afterKill = await timeStart(dataDir);
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const megabytes = memoryMbOf(afterKill.baton.pid);
  await afterKill.baton.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const row = (path: string, measured: string, goal: string): Row => ({
    path,
    measured,
    baseline: "–",
    ratio: "–",
    goal,
  });
  return [
    row("Start of an empty folder to the first answer", `${first.seconds.toFixed(1)} s`, "–"),
    row("Start with data to the first answer", `${again.seconds.toFixed(1)} s`, "≤ 5 s"),
    row("The same after kill -9", `${afterKill.seconds.toFixed(1)} s`, "≤ 5 s"),
    row("Memory of the whole local stack, idle", `${Math.round(megabytes)} MB`, "≤ 700 MB"),
  ];
}
