import { once } from "node:events";
import { WebSocket } from "ws";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { closeQueue } from "#lib/queue/boss";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { commitEvent, quietSession } from "#lib/testing/session-events";
import { startChild } from "./children.ts";
import { perSecond, type Row } from "./table.ts";

const sockets = 1_000;
const eventsPerSecond = 100;
const seconds = 10;

type Organization = Awaited<ReturnType<typeof createOrganization>>;
type Measured = { p50: number; p99: number; delivered: number };

async function connectAll(base: string, key: string, paths: string[], heard: (text: string) => void) {
  const made: WebSocket[] = [];
  for (let from = 0; from < paths.length; from += 50) {
    const part = paths.slice(from, from + 50).map((path) => {
      const socket = new WebSocket(`${base}${path}`, { headers: { authorization: `Bearer ${key}` } });
      socket.on("message", (data) => heard(String(data)));
      return socket;
    });
    await Promise.all(part.map((socket) => once(socket, "open")));
    made.push(...part);
  }
  return made;
}

/** Events at a steady pace over so many sessions, read by 1,000 sockets; from the start of each commit to each client. */
async function drive(base: string, { apiKey, ctx }: Organization, sessions: number): Promise<Measured> {
  const quiet: { sessionId: string; runId: string }[] = [];
  for (let count = 0; count < sessions; count++) quiet.push(await quietSession(ctx));
  const delays: number[] = [];
  const readers = await connectAll(
    base,
    apiKey,
    Array.from({ length: sockets }, (_, index) => `/ws/${quiet[index % sessions]?.sessionId}`),
    (text) => {
      const [, sentAt] = /"sent_at":(\d+)/.exec(text) ?? [];
      delays.push(Date.now() - Number(sentAt));
    },
  );
  const total = eventsPerSecond * seconds;
  const commits: Promise<void>[] = [];
  const { promise: sent, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    commits.push(commitEvent(ctx, quiet[commits.length % sessions]?.runId ?? "", 1_000 + commits.length));
    if (commits.length === total) resolve();
  }, 1_000 / eventsPerSecond);
  await sent;
  clearInterval(timer);
  await Promise.all(commits);
  const expected = total * (sockets / sessions);
  for (let tries = 0; delays.length < expected && tries < 300; tries++)
    await new Promise((done) => setTimeout(done, 100));
  for (const reader of readers) reader.terminate();
  if (delays.length !== expected) throw new Error(`${delays.length} of ${expected} events arrived`);
  delays.sort((a, b) => a - b);
  const [p50 = Number.NaN, p99 = Number.NaN] = [0.5, 0.99].map((share) => delays[Math.floor(delays.length * share)]);
  return { p50, p99, delivered: expected / seconds };
}

/** 1,000 sockets on one process and 100 events a second: spread over 100 sessions, and all of one session. */
export async function measureSockets(): Promise<Row[]> {
  const platform = await startTestPlatform();
  const environment = { ...platform.environment, RATE_LIMIT_MULTIPLIER: "1000000", LOG_LEVEL: "warn" };
  provideEnvironment(environment);
  const organization = await createOrganization();
  const server = await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment);
  const base = server.url.replace("http:", "ws:");
  const spread = await drive(base, organization, 100);
  const shared = await drive(base, organization, 1);
  await server.stop();
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  await platform.stop();
  const row = (path: string, { p50, p99, delivered }: Measured): Row => ({
    path,
    measured: `p50 ${p50} ms, p99 ${p99} ms, ${perSecond(delivered)} deliveries`,
    baseline: "–",
    ratio: "–",
    goal: "p50 ≤ 10 ms",
  });
  return [
    row("Socket event, commit to client: 1,000 sockets of 100 sessions, 100 events/s", spread),
    row("The same, all sockets of one session", shared),
  ];
}
