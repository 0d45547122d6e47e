import autocannon from "autocannon";

export type Load = {
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  connections?: number;
  seconds?: number;
};
export type Measured = { perSecond: number; p50: number; p99: number; failures: number };
export type Pair = { measured: Measured; base: Measured };

async function once({
  url,
  method = "GET",
  headers = {},
  body,
  connections = 32,
  seconds = 5,
}: Load): Promise<Measured> {
  const result = await autocannon({ url, method, headers, body, connections, duration: seconds });
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** Drives a URL with keep-alive connections and answers requests per second and latency in milliseconds. */
export async function drive(load: Load): Promise<Measured> {
  await once({ ...load, seconds: 1 });
  return once(load);
}

/** Until Node has compiled what is called often; on two cores that work takes from the calls for so long. */
export const warmUpSeconds = 8;
const roundSeconds = 3;
const rounds = 3;

/**
 * Drives a load and its baseline in turn, warm, so that a machine whose speed goes up and down is as fast for one as for
 * the other. Answers the round with the median ratio. Throws when a request failed.
 */
export async function driveInTurn(load: Load, baseline: Load): Promise<Pair> {
  for (const warming of [baseline, load]) await once({ ...warming, seconds: warmUpSeconds });
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    const base = await once({ ...baseline, seconds: roundSeconds });
    pairs.push({ base, measured: await once({ ...load, seconds: roundSeconds }) });
  }
  const failures = pairs.reduce((sum, { base, measured }) => sum + base.failures + measured.failures, 0);
  if (failures > 0) throw new Error(`${failures} requests to ${load.url} or ${baseline.url} failed`);
  const ratio = ({ measured, base }: Pair) => measured.perSecond / base.perSecond;
  const ordered = pairs.toSorted((one, other) => ratio(one) - ratio(other));
  return ordered[Math.floor(rounds / 2)] as Pair;
}
