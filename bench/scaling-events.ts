import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import type { Context } from "#lib/context";
import { commitEvent, quietSession } from "#lib/testing/session-events";
import { type Child, startChild } from "./children.ts";
import { cpuMsOf, postgresCpuMs } from "./processes.ts";
import type { Row } from "./table.ts";

const sessions = 20;
const socketsOfSession = 10;
const events = 1_000;
const perSecondSent = 200;

/** Events at a steady pace to 200 sockets that are spread over one, two and three web processes. */
export async function scaleEvents(
  environment: Record<string, string>,
  { apiKey, ctx }: { apiKey: string; ctx: Context },
): Promise<Row[]> {
  const rows: Row[] = [];
  const processes: Child[] = [];
  for (const size of [1, 2, 3]) {
    processes.push(await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment));
    rows.push(await drive(processes, apiKey, ctx, size));
  }
  for (const { stop } of processes) await stop();
  return rows;
}

async function drive(processes: Child[], apiKey: string, ctx: Context, size: number): Promise<Row> {
  const quiet: { sessionId: string; runId: string }[] = [];
  for (let count = 0; count < sessions; count++) quiet.push(await quietSession(ctx));
  const delays: number[] = [];
  const readers: WebSocket[] = [];
  for (let index = 0; index < sessions * socketsOfSession; index++) {
    const base = processes[index % processes.length]?.url.replace("http:", "ws:");
    const socket = new WebSocket(`${base}/ws/${quiet[index % sessions]?.sessionId}`, {
      headers: { authorization: `Bearer ${apiKey}` },
    });
    socket.on("message", (data) => {
      const [, sentAt] = /"sent_at":(\d+)/.exec(String(data)) ?? [];
      if (sentAt) delays.push(Date.now() - Number(sentAt));
    });
    readers.push(socket);
    await once(socket, "open");
  }
  const cpu = () => ({
    web: processes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    postgres: postgresCpuMs(),
  });
  const before = cpu();
  const commits: Promise<void>[] = [];
  for (let count = 0; count < events; count++) {
    commits.push(commitEvent(ctx, quiet[count % sessions]?.runId ?? "", 1_000 + count));
    await sleep(1_000 / perSecondSent);
  }
  await Promise.all(commits);
  const expected = events * socketsOfSession;
  for (let tries = 0; delays.length < expected && tries < 100; tries++) await sleep(100);
  const after = cpu();
  for (const reader of readers) reader.terminate();
  if (delays.length !== expected) throw new Error(`${delays.length} of ${expected} events arrived`);
  delays.sort((a, b) => a - b);
  const each = (name: "web" | "postgres") => ((after[name] - before[name]) / events).toFixed(2);
  return {
    path: `Event to ${socketsOfSession} sockets, ${size} web process${size === 1 ? "" : "es"}`,
    measured: `p50 ${delays[expected / 2]} ms; CPU of one: ${each("web")} ms web, ${each("postgres")} ms PostgreSQL`,
    baseline: "–",
    ratio: "–",
    goal: "p50 ≤ 10 ms",
  };
}
