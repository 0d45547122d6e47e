import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { startChild } from "./children.ts";
import { driveInTurn } from "./load.ts";
import { pace } from "./pace.ts";
import { type Row, ratioRow } from "./table.ts";

const body = (stream: boolean) =>
  JSON.stringify({
    model: "openai/bench",
    stream,
    messages: [{ role: "user", content: "Say eighty words, please. ".repeat(4) }],
  });

/** Chat completions through Baton, every call stored, against a reverse proxy that does nothing else. */
export async function measureGateway(): Promise<Row[]> {
  const platform = await startTestPlatform();
  const upstream = await startChild(["bench/upstream.ts", "{port}"]);
  const environment = {
    ...platform.environment,
    RATE_LIMIT_MULTIPLIER: "1000000",
    LOG_LEVEL: "warn",
    OPENAI_API_KEY: "bench",
    OPENAI_BASE_URL: `${upstream.url}/v1`,
  };
  provideEnvironment(environment);
  const { apiKey } = await createOrganization();
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const proxy = await startChild(["bench/bare-proxy.ts", "{port}", upstream.url]);
  const ours = await startChild(["lib/testing/dispatch-host.ts", "{port}"], environment);
  const load = (url: string, stream: boolean) => ({
    url: `${url}/v1/chat/completions`,
    method: "POST" as const,
    headers,
    body: body(stream),
  });
  try {
    const call = await driveInTurn(load(ours.url, false), load(proxy.url, false));
    const stream = await driveInTurn(load(ours.url, true), load(proxy.url, true));
    const basePaced = await pace({ ...load(proxy.url, false), perSecond: 100, seconds: 5 });
    const paced = await pace({ ...load(ours.url, false), perSecond: 100, seconds: 5 });
    return [
      ratioRow("Gateway call, every call stored, vs bare undici proxy", call, "≥ 0.60 ×"),
      ratioRow("Gateway stream, every call stored, vs bare undici proxy", stream, "≥ 0.90 ×"),
      {
        path: "Added p50 at 100 requests/s",
        measured: `${paced.p50.toFixed(2)} ms`,
        baseline: `${basePaced.p50.toFixed(2)} ms`,
        ratio: `+${(paced.p50 - basePaced.p50).toFixed(2)} ms`,
        goal: "≤ 1.3 ms",
      },
    ];
  } finally {
    for (const child of [proxy, ours, upstream]) await child.stop();
    await Promise.all([closePool(), closeListener()]);
    await platform.stop();
  }
}
