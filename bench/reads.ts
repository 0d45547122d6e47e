import { existsSync } from "node:fs";
import { join } from "node:path";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { root, startChild } from "./children.ts";
import { drive } from "./load.ts";
import { perSecond, type Row, times } from "./table.ts";

/** Authenticated reads through our dispatch, against bare node:http and against the same handlers under `next start`. */
export async function measureReads(): Promise<Row[]> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("Build first: npm run build");
  const platform = await startTestPlatform();
  const environment = { ...platform.environment, RATE_LIMIT_MULTIPLIER: "1000000", LOG_LEVEL: "warn" };
  provideEnvironment(environment);
  const { apiKey } = await createOrganization();
  const headers = { authorization: `Bearer ${apiKey}` };
  const bare = await startChild(["bench/bare-http.ts", "{port}"]);
  const baseline = await drive({ url: `${bare.url}/` });
  await bare.stop();
  const ours = await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment);
  const models = await drive({ url: `${ours.url}/v1/models/gpt-4`, headers });
  const session = await drive({ url: `${ours.url}/api/auth/session`, headers });
  await ours.stop();
  const next = await startChild(
    ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", "{port}"],
    environment,
  );
  const nextModels = await drive({ url: `${next.url}/v1/models/gpt-4`, headers });
  const nextSession = await drive({ url: `${next.url}/api/auth/session`, headers });
  await next.stop();
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  const failures = [baseline, models, session, nextModels, nextSession].reduce((sum, one) => sum + one.failures, 0);
  if (failures > 0) throw new Error(`${failures} requests failed during the reads`);
  const row = (path: string, measured: number, base: number, goal: string): Row => ({
    path,
    measured: perSecond(measured),
    baseline: perSecond(base),
    ratio: times(measured / base),
    goal,
  });
  return [
    row("Authenticated read (memory), dispatch vs bare node:http", models.perSecond, baseline.perSecond, "≥ 0.35 ×"),
    row(
      "Authenticated read (one tenant transaction), dispatch vs bare node:http",
      session.perSecond,
      baseline.perSecond,
      "≥ 0.35 ×",
    ),
    row("The same read (memory), dispatch vs next start", models.perSecond, nextModels.perSecond, "≥ 10 ×"),
    row("The same read (transaction), dispatch vs next start", session.perSecond, nextSession.perSecond, "≥ 10 ×"),
  ];
}
