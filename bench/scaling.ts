import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { closeQueue } from "#lib/queue/boss";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { startChild } from "./children.ts";
import { scaleEvents } from "./scaling-events.ts";
import { scaleRuns } from "./scaling-runs.ts";
import { scaleWeb } from "./scaling-web.ts";
import type { Row } from "./table.ts";

/**
 * What a request, a run and an event cost in processor time, here and in PostgreSQL, and what a second and a third process
 * bring. Generator, provider, database and all processes share this machine, so where its cores are used up the cost is the
 * figure that travels: one core serves 1,000 ms of it a second.
 */
export async function measureScaling(): Promise<Row[]> {
  const platform = await startTestPlatform();
  const upstream = await startChild(["bench/upstream.ts", "{port}"]);
  const environment = {
    ...platform.environment,
    RATE_LIMIT_MULTIPLIER: "1000000",
    LOG_LEVEL: "warn",
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: `${upstream.url}/v1`,
  };
  provideEnvironment(environment);
  const first = await createOrganization();
  const others = await Promise.all([1, 2, 3].map(() => createOrganization()));
  const rows = [
    ...(await scaleWeb(environment, first.apiKey)),
    ...(await scaleRuns(
      environment,
      [first, ...others].map(({ ctx }) => ctx),
    )),
    ...(await scaleEvents(environment, first)),
  ];
  await upstream.stop();
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  await platform.stop();
  return rows;
}
