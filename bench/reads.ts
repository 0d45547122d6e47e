import { existsSync } from "node:fs";
import { join } from "node:path";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { type Child, root, startChild } from "./children.ts";
import { driveInTurn } from "./load.ts";
import { type Row, ratioRow } from "./table.ts";

/** Authenticated reads through our dispatch, against bare node:http and against the same handlers under `next start`. */
export async function measureReads(): Promise<Row[]> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("Build first: npm run build");
  const platform = await startTestPlatform();
  const environment = { ...platform.environment, RATE_LIMIT_MULTIPLIER: "1000000", LOG_LEVEL: "warn" };
  provideEnvironment(environment);
  const { apiKey } = await createOrganization();
  const headers = { authorization: `Bearer ${apiKey}` };
  const bare = await startChild(["bench/bare-http.ts", "{port}"]);
  const ours = await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment);
  const next = await startChild(
    ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", "{port}"],
    environment,
  );
  const model = (host: Child) => ({ url: `${host.url}/v1/models/gpt-4`, headers });
  const session = (host: Child) => ({ url: `${host.url}/api/auth/session`, headers });
  const baseline = { url: `${bare.url}/` };
  try {
    return [
      ratioRow(
        "Authenticated read (memory), dispatch vs bare node:http",
        await driveInTurn(model(ours), baseline),
        "≥ 0.35 ×",
      ),
      ratioRow(
        "Authenticated read (one tenant transaction), dispatch vs bare node:http",
        await driveInTurn(session(ours), baseline),
        "≥ 0.35 ×",
      ),
      ratioRow("The same read (memory), dispatch vs next start", await driveInTurn(model(ours), model(next)), "≥ 10 ×"),
      ratioRow(
        "The same read (transaction), dispatch vs next start",
        await driveInTurn(session(ours), session(next)),
        "≥ 10 ×",
      ),
    ];
  } finally {
    for (const host of [bare, ours, next]) await host.stop();
    await Promise.all([closePool(), closeListener()]);
    await platform.stop();
  }
}
