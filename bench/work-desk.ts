import { setImmediate } from "node:timers/promises";
import { createAccounts } from "#lib/account-pool/service";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { createProject } from "#lib/projects/service";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { analyzeCredits } from "#lib/work-sessions/analysis";
import { listSessions } from "#lib/work-sessions/service";
import { exportProject } from "#lib/workdesk/export";
import type { Row } from "./table.ts";

const sessionsTotal = 10_000;
const accountsTotal = 100;

/** A project with 10,000 sessions of the last 30 days, on 100 accounts. */
async function fill(organizationId: string, projectId: number): Promise<void> {
  await systemTransaction((tx) =>
    tx.run(sql`
      insert into work_sessions (organization_id, id, project_id, account_id, session_number, objectives, accomplishments,
        status, credits_used, started_at, completed_at, duration_minutes)
      select ${organizationId}, n, ${projectId}, 1 + n % 100, n, repeat('goal ', 20), repeat('done ', 40), 'completed',
        80 + n % 16, now() - make_interval(mins => n * 4), now(), 50
      from generate_series(1, ${sessionsTotal}::int) as n`),
  );
  await system.run(sql`vacuum analyze work_sessions`);
}

/** Median of 7 calls in milliseconds. */
async function median(work: (round: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const startedAt = performance.now();
    await work(round);
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[3] ?? Number.NaN;
}

/** What this thread has worked so far, in milliseconds: what else the machine does is not in it. */
function workedMs(): number {
  const { user, system: kernel } = process.threadCpuUsage();
  return (user + kernel) / 1_000;
}

/** The most that one turn of the event loop worked while `work` ran, in milliseconds. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let isRunning = true;
  const done = work().finally(() => {
    isRunning = false;
  });
  for (let last = workedMs(); isRunning; last = workedMs()) {
    await setImmediate();
    longest = Math.max(longest, workedMs() - last);
  }
  await done;
  return longest;
}

/** The work desk with 10,000 sessions: what is read of them, their export, and 100 accounts in one call. */
export async function measureWorkDesk(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  const { ctx, organizationId } = await createOrganization();
  const add = (round: number) => {
    const names = Array.from({ length: accountsTotal }, (_, index) => `Account ${round}-${index}`);
    return createAccounts(ctx, {
      accounts: names.map((account_name) => ({ account_name, platform: "genspark" as const })),
    });
  };
  const added = await median(add);
  const { id: project_id } = await createProject(ctx, { name: "Bench" });
  await fill(organizationId, project_id);

  const listed = await median(() => listSessions(ctx, { project_id }));
  const analysed = await median(() => analyzeCredits(ctx, { project_id, days: 30 }));
  let characters = 0;
  const readExport = async () => {
    characters = 0;
    for await (const piece of await exportProject(ctx, { project_id })) characters += piece.length;
  };
  const exported = await median(readExport);
  const turns: number[] = [];
  for (let round = 0; round < 7; round++) turns.push(await longestTurn(readExport));
  const turn = turns.sort((a, b) => a - b)[3] ?? Number.NaN;
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();

  const row = (path: string, measured: string, goal: string): Row => ({
    path,
    measured,
    baseline: "",
    ratio: "",
    goal,
  });
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    row("P6 the last 50 of a project's 10,000 sessions", ms(listed), "< 100 ms"),
    row("P12 credits of 10,000 sessions analysed", ms(analysed), "< 100 ms"),
    row("P14 100 accounts created in one call", ms(added), "< 2 s"),
    row(`P15 10,000 sessions exported, ${(characters / 2 ** 20).toFixed(1)} MB`, ms(exported), "none"),
    row("P15 the longest turn of the event loop meanwhile", ms(turn), "< 5 ms"),
  ];
}
