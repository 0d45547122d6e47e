import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { type Child, startChild } from "./children.ts";
import { warmUpSeconds } from "./load.ts";
import { cpuMsOf, postgresCpuMs } from "./processes.ts";
import { perSecond, type Row, times } from "./table.ts";

const seconds = 5;
const callers = 32;

type Request = { name: string; method: "GET" | "POST"; path: string; body?: string };

const requests: Request[] = [
  { name: "Read from memory", method: "GET", path: "/v1/models/gpt-4" },
  { name: "Read in a tenant transaction", method: "GET", path: "/api/auth/session" },
  {
    name: "Gateway call, stored",
    method: "POST",
    path: "/v1/chat/completions",
    body: JSON.stringify({ model: "openai/bench", messages: [{ role: "user", content: "Say eighty words." }] }),
  },
];

type Cost = { rate: number; web: number; postgres: number };

/** Callers that take turns at the processes, as behind a balancer; what one request took in milliseconds of processor time. */
async function drive(processes: Child[], key: string, { method, path, body }: Request): Promise<Cost> {
  const pools = processes.map(({ url }) => new Pool(url, { connections: callers }));
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  let count = 0;
  let isOver = false;
  const call = async (turn: number) => {
    const answer = await pools[turn % pools.length]?.request({ method, path, headers, body: body ?? null });
    await answer?.body.dump();
    if (answer?.statusCode !== 200) throw new Error(`${path} answered ${answer?.statusCode}`);
    count += 1;
  };
  const caller = async (index: number) => {
    for (let turn = index; !isOver; turn++) await call(turn);
  };
  const callersAtWork = Array.from({ length: callers }, (_, index) => caller(index));
  await sleep(warmUpSeconds * 1_000);
  const cpu = () => ({
    count,
    at: performance.now(),
    web: processes.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    postgres: postgresCpuMs(),
  });
  const before = cpu();
  await sleep(seconds * 1_000);
  const after = cpu();
  isOver = true;
  await Promise.all(callersAtWork);
  await Promise.all(pools.map((pool) => pool.close()));
  const answered = after.count - before.count;
  return {
    rate: (answered * 1_000) / (after.at - before.at),
    web: (after.web - before.web) / answered,
    postgres: (after.postgres - before.postgres) / answered,
  };
}

/** The same calls to one, two and three web processes over one database. */
export async function scaleWeb(environment: Record<string, string>, key: string): Promise<Row[]> {
  const rows: Row[] = [];
  const processes: Child[] = [];
  const alone = new Map<string, number>();
  for (const size of [1, 2, 3]) {
    processes.push(await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment));
    for (const request of requests) {
      const { rate, web, postgres } = await drive(processes, key, request);
      const base = alone.get(request.name) ?? rate;
      alone.set(request.name, base);
      rows.push({
        path: `${request.name}, ${size} web process${size === 1 ? "" : "es"}`,
        measured: `${perSecond(rate)}; CPU of one: ${web.toFixed(2)} ms web, ${postgres.toFixed(2)} ms PostgreSQL`,
        baseline: perSecond(base),
        ratio: times(rate / base),
        goal: "–",
      });
    }
  }
  for (const { stop } of processes) await stop();
  return rows;
}
