import { existsSync } from "node:fs";
import { join } from "node:path";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { startTestPlatform } from "#lib/testing/platform";
import { freePort } from "#server/local/ports";
import { startBaton } from "./baton.ts";
import { root } from "./children.ts";
import type { Row } from "./table.ts";

const runs = 10_000;
const looks = 100;
const pages = ["/dashboard", "/dashboard/runs", "/dashboard/runs?kind=chat&sort=cost", "/dashboard/usage"];

/** Runs of the last 90 days with two steps each. */
async function fill(organizationId: string): Promise<void> {
  await systemTransaction(async (tx) => {
    await tx.run(sql`
      insert into runs (id, organization_id, kind, strategy, status, request_id, created_at, completed_at)
      select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${organizationId},
        (array['chat', 'completion', 'orchestration'])[n % 3 + 1], 'single', 'completed', 'req_bench', at, at
      from generate_series(1, ${runs}::int) as n, lateral (select now() - n * interval '12 minutes' as at) as moment`);
    await tx.run(sql`
      insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, output, input_tokens,
        output_tokens, cost_micros, listed_micros, latency_ms)
      select gen_random_uuid(), ${organizationId}, ('00000000-0000-7000-8000-' || lpad(to_hex(n / 2), 12, '0'))::uuid,
        n % 2, 'generate', 'completed', (array['gpt4', 'codex', 'claude'])[n % 3 + 1], 'openai', 'words', 200, 300,
        15000, 15000, 900
      from generate_series(2, ${runs * 2 + 1}::int) as n`);
  });
  for (const table of [sql`runs`, sql`run_steps`]) await system.run(sql`vacuum analyze ${table}`);
}

/** Signs somebody up; answers the cookie of the login and the organization. */
async function signUp(url: string) {
  const account = { email: "bench@example.com", password: "Lovelace-of-the-bench" };
  const post = (path: string, body: object) =>
    fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify(body),
    });
  await post("/api/auth/signup", { ...account, organizationName: "Bench" });
  const login = await post("/api/auth/login", account);
  const cookie = login.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const { id } = await system.one<{ id: string }>(sql`select id from organizations where name = 'Bench'`);
  return { cookie, organizationId: id };
}

/** Milliseconds from a request to the last byte of a page, one after the other. */
async function look(url: string, cookie: string): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < looks + 10; count++) {
    const startedAt = performance.now();
    const answer = await fetch(url, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    if (count >= 10) times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

/** Pages of an organization with 10,000 runs, as its owner's browser asks for them. */
export async function measureDashboard(): Promise<Row[]> {
  if (!existsSync(join(root, ".next/BUILD_ID"))) throw new Error("Build first: npm run build");
  const platform = await startTestPlatform();
  const port = await freePort();
  const environment = { ...platform.environment, LOG_LEVEL: "warn", RATE_LIMIT_MULTIPLIER: "1000000" };
  const url = `http://127.0.0.1:${port}`;
  provideEnvironment(environment);
  const baton = await startBaton(port, { ...environment, BATON_ROLE: "web", BATON_URL: url });
  const { cookie, organizationId } = await signUp(url);
  await fill(organizationId);
  const rows: Row[] = [];
  for (const page of pages) {
    const times = await look(`${url}${page}`, cookie);
    const [p50 = 0, p95 = 0] = [0.5, 0.95].map((share) => times[Math.floor(times.length * share)]);
    rows.push({
      path: `Page ${page}, ${runs.toLocaleString("en-US")} runs stored, server time`,
      measured: `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
      baseline: "–",
      ratio: "–",
      goal: "p95 ≤ 100 ms",
    });
  }
  await baton.stop();
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  return rows;
}
