import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { systemTransaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { closeQueue } from "#lib/queue/boss";
import { enqueue } from "#lib/queue/enqueue";
import { startQueues } from "#lib/queue/workers";
import { startTestPlatform } from "#lib/testing/platform";
import { journalQueue } from "#lib/testing/queue-fixture";
import { perSecond, type Row } from "./table.ts";

const idleJobs = 100;
const batches = 20;
const perBatch = 250;

/** From the commit's start to the handler's, on an idle worker; and jobs of nothing but the queue's own work per second. */
export async function measureQueue(): Promise<Row[]> {
  const platform = await startTestPlatform();
  provideEnvironment({ ...platform.environment, LOG_LEVEL: "warn" });
  let onStart: (key: string) => void = () => undefined;
  const handler = async ({ key }: { key: string }) => onStart(key);
  const queue = journalQueue("bench.queue", { concurrency: 20, handler });
  const workers = await startQueues([queue]);
  const delays: number[] = [];
  for (let count = 0; count < idleJobs; count++) {
    const { promise, resolve } = Promise.withResolvers<string>();
    onStart = resolve;
    const asked = performance.now();
    await systemTransaction((tx) => enqueue(tx, queue, [{ key: `idle ${count}`, ms: 0 }]));
    await promise;
    delays.push(performance.now() - asked);
    await new Promise((done) => setTimeout(done, 20));
  }
  delays.sort((a, b) => a - b);
  const [p50 = Number.NaN, p95 = Number.NaN] = [0.5, 0.95].map((share) => delays[Math.floor(delays.length * share)]);

  const total = batches * perBatch;
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  let started = 0;
  onStart = () => {
    started += 1;
    if (started === total) finish();
  };
  const began = performance.now();
  for (let batch = 0; batch < batches; batch++) {
    const jobs = Array.from({ length: perBatch }, (_, index) => ({ key: `${batch} ${index}`, ms: 0 }));
    await systemTransaction((tx) => enqueue(tx, queue, jobs));
  }
  await done;
  const rate = total / ((performance.now() - began) / 1_000);
  await workers.stop(5_000);
  await Promise.all([closeQueue(), closeListener()]);
  await closePool();
  await platform.stop();
  return [
    {
      path: "Queue, enqueue in a transaction to start, idle system",
      measured: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`,
      baseline: "–",
      ratio: "–",
      goal: "p50 ≤ 50 ms",
    },
    {
      path: "Queue, enqueued in batches and run by one worker process",
      measured: perSecond(rate),
      baseline: "–",
      ratio: "–",
      goal: "–",
    },
  ];
}
