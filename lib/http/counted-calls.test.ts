import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { call } from "#lib/testing/call";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { flushCalls } from "#lib/usage/calls";

async function countedOf(keyId: string): Promise<number> {
  await flushCalls();
  const { counted } = await system.one<{ counted: number }>(sql`
    select coalesce(sum(quantity), 0) as counted from usage_events where api_key_id = ${keyId} and type = 'api_call'`);
  return counted;
}

test("C26 an answered request is an API call of its key, also when it failed; one without credentials is none", async () => {
  const { apiKey, keyId } = await createOrganization();
  const statuses = [];
  for (const line of ["GET /api/api-keys", "POST /api/api-keys", "GET /v1/models/none"])
    statuses.push((await send(line, { apiKey })).status);
  expect(statuses).toEqual([200, 400, 404]);
  expect((await send("GET /api/api-keys")).status).toBe(401);
  expect(await countedOf(keyId)).toBe(3);
});

test("C26 a request over the rate limit is no API call", async () => {
  const { apiKey, keyId } = await createOrganization();
  const GET = endpoint({
    summary: "Limited",
    dialect: cloud,
    auth: ["apiKey"],
    scopes: [],
    rateLimit: "default",
    handler: () => ({}),
  });
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "0.001" });
  const statuses = [await call(GET, { apiKey }), await call(GET, { apiKey })].map(({ status }) => status);
  provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" });
  expect(statuses).toEqual([200, 429]);
  expect(await countedOf(keyId)).toBe(1);
});
