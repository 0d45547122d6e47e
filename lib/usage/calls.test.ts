import { expect, test } from "vitest";
import { systemContext } from "#lib/context";
import { closePool } from "#lib/db/client";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { env, provideEnvironment } from "#lib/env";
import { createOrganization } from "#lib/testing/factories";
import { countCall, flushCalls } from "#lib/usage/calls";
import { getUsageMetrics } from "#lib/usage/service";

type Row = { quantity: number; apiKeyId: string | null; userId: string | null };

function rowsOf(organizationId: string): Promise<Row[]> {
  return system.all(sql`
    select quantity, api_key_id, user_id from usage_events
    where organization_id = ${organizationId} and type = 'api_call' order by quantity`);
}

const keyed = ({ organizationId, keyId, userId }: Awaited<ReturnType<typeof createOrganization>>) => ({
  organizationId,
  actor: { type: "apiKey", keyId, userId, scopes: [] } as const,
});

test("C26 calls are one row for each caller, with their number, within a second", async () => {
  const organization = await createOrganization();
  const { organizationId, keyId, userId, ctx } = organization;
  const startedAt = performance.now();
  for (let call = 0; call < 1_000; call++) countCall(keyed(organization));
  for (let call = 0; call < 7; call++) countCall(ctx);
  await expect.poll(() => rowsOf(organizationId), { interval: 20, timeout: 5_000 }).toHaveLength(2);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(await rowsOf(organizationId)).toEqual([
    { quantity: 7, apiKeyId: null, userId },
    { quantity: 1_000, apiKeyId: keyId, userId },
  ]);
  expect((await getUsageMetrics(ctx)).apiCalls).toBe(1_007);
});

test("at shutdown nothing stays in memory, and flushing again writes nothing twice", async () => {
  const organization = await createOrganization();
  countCall(keyed(organization));
  await flushCalls();
  await Promise.all([flushCalls(), flushCalls()]);
  expect(await rowsOf(organization.organizationId)).toHaveLength(1);
});

test("a caller whose organization is gone does not take the others with it; Baton's own work is no call", async () => {
  const organization = await createOrganization();
  const gone = { organizationId: crypto.randomUUID(), keyId: crypto.randomUUID() };
  countCall(keyed({ ...organization, ...gone }));
  countCall(keyed(organization));
  countCall(systemContext(organization.organizationId));
  countCall({ ...organization.ctx, organizationId: "" });
  await flushCalls();
  expect(await rowsOf(organization.organizationId)).toEqual([
    { quantity: 1, apiKeyId: organization.keyId, userId: organization.userId },
  ]);
});

test("counts that the database cannot take are kept and written once it is back, each once", async () => {
  const organization = await createOrganization();
  const databaseUrl = env().DATABASE_URL;
  await closePool();
  provideEnvironment({ DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing" });
  countCall(keyed(organization));
  await flushCalls();
  countCall(keyed(organization));
  await flushCalls();
  await closePool();
  provideEnvironment({ DATABASE_URL: databaseUrl });
  countCall(keyed(organization));
  await flushCalls();
  // What was sent in vain is sent again as it was; what came meanwhile is a row of its own.
  expect((await rowsOf(organization.organizationId)).map(({ quantity }) => quantity)).toEqual([1, 2]);
});
