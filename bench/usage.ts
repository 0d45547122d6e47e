import { once } from "node:events";
import { request } from "node:http";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { addDays, utcDay } from "#lib/usage/days";
import { createExport } from "#lib/usage/export/service";
import { rollUpUsage } from "#lib/usage/rollup";
import { getUsageChart, getUsageMetrics } from "#lib/usage/service";
import { startWeb } from "#server/web";
import { root } from "./children.ts";
import type { Row } from "./table.ts";

type Organization = Awaited<ReturnType<typeof createOrganization>>;
const rowsTotal = 1_000_000;
const historyDays = 60;

/** A million rows of usage over 60 days and a hundredth as many of the ledger, past the triggers and not added up. */
async function fill({ organizationId, keyId, userId }: Organization): Promise<void> {
  const at = sql`now() - (n::float8 / ${rowsTotal}::float8) * make_interval(days => ${historyDays}::int)`;
  await systemTransaction(async (tx) => {
    await tx.run(sql`set local session_replication_role = replica`);
    await tx.run(sql`
      insert into usage_events (id, organization_id, type, description, value, model, api_key_id, user_id, cost_micros, created_at)
      select gen_random_uuid(), ${organizationId}, (array['invocation', 'invocation', 'deployment', 'package_upload'])[n % 4 + 1],
        'Completion with model-' || n % 20, 0.01, 'model-' || n % 20, ${keyId}::uuid, ${userId}::uuid, 100, ${at}
      from generate_series(1, ${rowsTotal}::int) as n`);
    await tx.run(sql`
      insert into credit_transactions (organization_id, type, amount, balance_after, description, reference, created_at)
      select ${organizationId}, 'usage', -1, 0, 'Model calls', 'bench:' || n, ${at}
      from generate_series(100, ${rowsTotal}::int, 100) as n`);
    await tx.run(sql`
      update usage_rollups set through = current_date - ${historyDays + 2}::int where organization_id = ${organizationId}`);
  });
  for (const table of [sql`usage_events`, sql`credit_transactions`]) await system.run(sql`vacuum analyze ${table}`);
}

/** Median of 7 calls in milliseconds. */
async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[3] ?? Number.NaN;
}

/** Milliseconds of each view. */
async function measureViews({ ctx }: Organization): Promise<number[]> {
  return [
    await median(() => getUsageMetrics(ctx)),
    await median(() => getUsageChart(ctx, 365)),
    await median(() => getUsageBreakdown(ctx, { by: "model", days: 30, limit: 10 })),
  ];
}

type Download = { bytes: number; seconds: number; growthBytes: number };

/** Downloads everything over HTTP. The growth is that of the process in the second half, when its heap has its size. */
async function measureExport({ ctx }: Organization): Promise<Download> {
  const web = await startWeb({ root, host: "127.0.0.1", port: 0 });
  const today = utcDay(new Date());
  const made = createExport(ctx, { format: "csv", startDate: addDays(today, -historyDays), endDate: today });
  const startedAt = performance.now();
  const sent = request({ port: web.port, path: new URL(made.downloadUrl).pathname, agent: false }).end();
  const [response] = await once(sent, "response");
  let [bytes, lines, early, late] = [0, 0, 0, 0];
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
    const rss = process.memoryUsage.rss();
    if (lines < rowsTotal / 2) early = Math.max(early, rss);
    else late = Math.max(late, rss);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  await web.stop(0);
  // The header, the rows, and the key that was made for the organization.
  if (lines !== rowsTotal + 2) throw new Error(`The export has ${lines} lines.`);
  return { bytes, seconds, growthBytes: late - early };
}

/** Usage figures with a million rows in their range, before and after they are added up by day, and their export. */
export async function measureUsage(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment(platform.environment);
  const organization = await createOrganization();
  await fill(organization);
  const open = await measureViews(organization);
  const startedAt = performance.now();
  while (!(await rollUpUsage()));
  const rollUpMs = performance.now() - startedAt;
  const closed = await measureViews(organization);
  const file = await measureExport(organization);
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  const ms = (value = Number.NaN) => `${value.toFixed(1)} ms`;
  const megabytes = (value: number) => `${Math.round(value / 1e6)} MB`;
  const view = (path: string, index: number): Row => ({
    path: `${path}, 1,000,000 rows, vs the same not added up`,
    measured: ms(closed[index]),
    baseline: ms(open[index]),
    ratio: `${((closed[index] ?? 0) / (open[index] ?? 1)).toFixed(2)} ×`,
    goal: "< 100 ms",
  });
  return [
    view("Usage metrics (C26)", 0),
    view("Usage chart of 365 days (C27)", 1),
    view("Usage breakdown by model", 2),
    {
      path: "Adding 1,000,000 rows up by day",
      measured: ms(rollUpMs),
      baseline: "–",
      ratio: "–",
      goal: "in the background",
    },
    {
      path: "Export of 1,000,000 rows (C29): memory growth in its second half, vs the file",
      measured: megabytes(file.growthBytes),
      baseline: `${megabytes(file.bytes)} in ${file.seconds.toFixed(1)} s`,
      ratio: `${(file.growthBytes / file.bytes).toFixed(2)} ×`,
      goal: "≤ 0.5 ×",
    },
  ];
}
