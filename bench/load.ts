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

/** Drives a URL with keep-alive connections and answers requests per second and latency in milliseconds. */
export async function drive({
  url,
  method = "GET",
  headers = {},
  body,
  connections = 32,
  seconds = 5,
}: Load): Promise<Measured> {
  const run = (duration: number) => autocannon({ url, method, headers, body, connections, duration });
  await run(1);
  const result = await run(seconds);
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}
