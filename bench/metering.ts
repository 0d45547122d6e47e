import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { addCredits } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { createOrganization } from "#lib/testing/factories";
import { startTestPlatform } from "#lib/testing/platform";
import { startChild } from "./children.ts";
import { drive } from "./load.ts";
import { perSecond, type Row, times } from "./table.ts";

/** Chat completions of one organization with its credits held before and charged after, against the same without. */
export async function measureMetering(): Promise<Row[]> {
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
  const { apiKey, ctx } = await createOrganization();
  await addCredits(system, ctx, { type: "grant", amount: 1_000_000_000, description: "Bench", reference: "bench" });
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const measure = async (extra: Record<string, string>, stream: boolean) => {
    const host = await startChild(["lib/testing/dispatch-host.ts", "{port}"], { ...environment, ...extra });
    const messages = [{ role: "user", content: "Say eighty words, please. ".repeat(4) }];
    const body = JSON.stringify({ model: "codex", stream, messages, max_tokens: 50 });
    const { perSecond: rate, failures } = await drive({
      url: `${host.url}/v1/chat/completions`,
      method: "POST",
      headers,
      body,
    });
    await host.stop();
    if (failures > 0) throw new Error(`${failures} requests failed at the gateway`);
    return rate;
  };
  const metered = { BATON_METER_MODELS: "1", BATON_METER_MARKUP: "1.25" };
  const rows: Row[] = [];
  for (const stream of [false, true]) {
    const off = await measure({}, stream);
    const on = await measure(metered, stream);
    rows.push({
      path: `Gateway ${stream ? "stream" : "call"} of one organization, metering on vs off`,
      measured: perSecond(on),
      baseline: perSecond(off),
      ratio: times(on / off),
      goal: "none",
    });
  }
  const leaks = (await findFaults(60)).length;
  await upstream.stop();
  await Promise.all([closePool(), closeListener()]);
  await platform.stop();
  if (leaks > 0) throw new Error(`The ledger has ${leaks} faults`);
  return rows;
}
