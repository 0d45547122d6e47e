import { Pool } from "undici";
import type { Load } from "./load.ts";

type Pace = Load & { perSecond: number };

/** Sends requests at a steady rate, whatever the answers take, and answers the median latency in milliseconds. */
export async function pace({
  url,
  method = "GET",
  headers = {},
  body,
  perSecond,
  seconds = 5,
}: Pace): Promise<{ p50: number }> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: 32 });
  const latencies: number[] = [];
  const one = async (isCounted: boolean) => {
    const started = performance.now();
    const answer = await pool.request({ path: pathname, method, headers, body: body ?? null });
    await answer.body.dump();
    if (isCounted) latencies.push(performance.now() - started);
  };
  for (let count = 0; count < 50; count++) await one(false);
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let count = 0; count < perSecond * seconds; count++) {
    const waitMs = began + (count * 1_000) / perSecond - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sent.push(one(true));
  }
  await Promise.all(sent);
  await pool.close();
  latencies.sort((a, b) => a - b);
  return { p50: latencies[Math.floor(latencies.length / 2)] ?? Number.NaN };
}
