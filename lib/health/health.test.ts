import { expect, onTestFinished, test } from "vitest";
import type { Health } from "#lib/health/schema";
import { getReadiness, overall, setDraining } from "#lib/health/service";
import { startSecondHost } from "#lib/testing/second-host";

type Parts = Health["components"];
const fine: Parts = {
  orchestra_manager: "healthy",
  command_dispatcher: "healthy",
  memory_system: "healthy",
  swarm_intelligence: "healthy",
};

test("O3 one degraded side part leaves it healthy; a leading part, two parts or auth degrade it; any unhealthy part fails it", () => {
  const table: [Partial<Parts>, boolean, Health["status"]][] = [
    [{}, true, "healthy"],
    [{ memory_system: "degraded" }, true, "healthy"],
    [{ swarm_intelligence: "degraded" }, true, "healthy"],
    [{ memory_system: "degraded", swarm_intelligence: "degraded" }, true, "degraded"],
    [{ orchestra_manager: "degraded" }, true, "degraded"],
    [{ command_dispatcher: "degraded" }, true, "degraded"],
    [{}, false, "degraded"],
    [{ memory_system: "unhealthy" }, true, "unhealthy"],
    [{ orchestra_manager: "unhealthy", command_dispatcher: "degraded" }, false, "unhealthy"],
  ];
  for (const [parts, isAuthOperational, expected] of table) {
    expect(overall({ ...fine, ...parts }, isAuthOperational), JSON.stringify(parts)).toBe(expected);
  }
});

test("O4 a process that has served nobody yet becomes ready, so that it can be given its first request", async () => {
  const host = await startSecondHost();
  try {
    await expect.poll(async () => (await fetch(`${host.url}/readiness`)).status, { timeout: 5_000 }).toBe(200);
  } finally {
    await host.stop();
  }
});

test("O4 a host without a database is alive, unhealthy and not ready: 503 for both, false and disconnected", async () => {
  const host = await startSecondHost({ DATABASE_URL: "postgres://nobody:nothing@127.0.0.1:1/none" });
  try {
    const readiness = await fetch(`${host.url}/readiness`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toMatchObject({ ready: false, checks: { database: false, cache: false } });
    const health = await fetch(`${host.url}/api/health`);
    expect(health.status).toBe(503);
    expect(await health.json()).toMatchObject({ status: "unhealthy", services: { database: "disconnected" } });
  } finally {
    await host.stop();
  }
});

test("O4 a draining process is no longer ready", async () => {
  await expect.poll(async () => (await getReadiness()).ready).toBe(true);
  setDraining(true);
  // The files after this one share the process.
  onTestFinished(() => setDraining(false));
  expect((await getReadiness()).ready).toBe(false);
});
