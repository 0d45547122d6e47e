import { afterAll, beforeAll, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

beforeAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "0.01" }));
afterAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" }));

const headers = { accept: "application/json, text/event-stream" };
const call = (apiKey: string, name: string) =>
  send("POST /mcp", {
    apiKey,
    headers,
    body: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: {} } },
  });

test("a tool counts as a call of the endpoint that does the same, and the protocol has a limit of its own", async () => {
  const { apiKey } = await createOrganization();
  // 10 of 1000 calls an hour are left of the endpoint's limit, and 10 of 1050 messages a minute.
  for (let calls = 0; calls < 6; calls++) expect((await send("GET /api/credits/balance", { apiKey })).status).toBe(200);
  const texts: string[] = [];
  for (let calls = 0; calls < 6; calls++) texts.push((await call(apiKey, "get_credits")).text);
  expect(texts.filter((text) => text.includes('"credits"'))).toHaveLength(4);
  expect(texts.at(-1)).toContain("Rate limit exceeded");
  expect(texts.at(-1)).toMatch(/Try again in \d+ s/);
  const { status } = await send("GET /api/credits/balance", { apiKey });
  expect(status).toBe(429);

  const statuses: number[] = [];
  for (let calls = 0; calls < 12; calls++) statuses.push((await call(apiKey, "get_usage")).status);
  expect(statuses).toContain(429);
  const refused = await call(apiKey, "get_usage");
  expect(refused).toMatchObject({ status: 429, body: { jsonrpc: "2.0", error: { data: { reason: "RATE_LIMITED" } } } });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
});
