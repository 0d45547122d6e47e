import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import type { Dialect } from "#lib/http/dialect";
import { agency } from "#lib/http/dialects/agency";
import { cloud } from "#lib/http/dialects/cloud";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { deleteExpiredAnswers } from "#lib/http/idempotency";
import { recordEvent } from "#lib/records/service";
import { type CallOptions, call } from "#lib/testing/call";
import { createOrganization } from "#lib/testing/factories";

const Body = z.object({ value: z.number().optional(), fail: z.string().optional() });
const effect = (ctx: Context) => transaction(ctx, (tx) => recordEvent(tx, ctx, "test.effect", {}));

const failures: Record<string, () => unknown> = {
  conflict: () => new AppError("conflict", "Not now"),
  forbidden: () => new AppError("forbidden", "Not you"),
  unauthorized: () => new AppError("unauthorized", "Who?"),
  limited: () => new AppError("rate_limited", "Slowly", { retryAfterSeconds: 1 }),
  crash: () => new Error("A bug"),
};

/** Has its effect, then fails when asked to, else answers with a fresh secret. */
function working(dialect: Dialect = cloud) {
  return endpoint({
    summary: "Test",
    dialect,
    auth: ["apiKey"],
    scopes: [],
    rateLimit: "default",
    idempotent: true,
    body: Body,
    status: 201,
    handler: async ({ ctx, body }) => {
      await effect(ctx);
      if (body.fail) throw failures[body.fail]?.();
      return { secret: `whsec_${randomUUID()}`, value: body.value };
    },
  });
}

const work = working();
const withKey = (key: string, options: CallOptions): CallOptions => ({
  body: {},
  ...options,
  headers: { "idempotency-key": key },
});

async function effectsOf(organizationId: string): Promise<number> {
  const { count } = await system.one<{ count: number }>(sql`
    select count(*) as count from events where organization_id = ${organizationId} and type = 'test.effect'`);
  return count;
}

async function storedOf(organizationId: string) {
  return system.all<{ status: number; sealedBody: Buffer; path: string; hours: number }>(sql`
    select status, sealed_body, path, extract(epoch from expires_at - created_at) / 3600 as hours
    from idempotency_keys where organization_id = ${organizationId}`);
}

const expire = (organizationId: string) =>
  system.run(sql`
    update idempotency_keys set expires_at = now() - interval '1 second' where organization_id = ${organizationId}`);

test("README 5.4: the same key and body is answered with the same bytes and status, marked, without a second effect", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const first = await call(work, withKey("a", { apiKey, body: '{"value": 1}' }));
  const again = await call(work, withKey("a", { apiKey, body: '{"value": 1}' }));
  expect(first.status).toBe(201);
  expect(first.headers.has("idempotency-replayed")).toBe(false);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect({ status: again.status, body: JSON.stringify(again.body) }).toEqual({
    status: 201,
    body: JSON.stringify(first.body),
  });
  expect(again.headers.get("content-type")).toBe("application/json");
  expect(await effectsOf(organizationId)).toBe(1);
});

test("README 5.4: the stored answer is sealed and lasts 24 hours; once over, the key is new", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const first = await call(work, withKey("a", { apiKey }));
  const [stored] = await storedOf(organizationId);
  expect(stored?.sealedBody.includes(Buffer.from("whsec_"))).toBe(false);
  expect(Number(stored?.hours)).toBeCloseTo(24);
  await expire(organizationId);
  const later = await call(work, withKey("a", { apiKey, body: { value: 2 } }));
  expect(later.status).toBe(201);
  expect(later.body.secret).not.toBe(first.body.secret);
  expect(await effectsOf(organizationId)).toBe(2);
  await expire(organizationId);
  await deleteExpiredAnswers(system);
  expect(await storedOf(organizationId)).toEqual([]);
});

test("README 5.4: the same key with another body is 409 in each frame, the agency's to the byte", async () => {
  const text = "Idempotency key payload mismatch";
  const frames: [Dialect, object][] = [
    [agency, { success: false, error: text }],
    [cloud, { error: text, code: "IDEMPOTENCY_MISMATCH" }],
    [paas, { success: false, error: text }],
    [orchestratex, { detail: text, status_code: 409 }],
    [orchestra, { success: false, data: null, error: { code: "CONFLICT", message: text, details: {} } }],
  ];
  for (const [dialect, body] of frames) {
    const { apiKey, organizationId } = await createOrganization();
    const run = working(dialect);
    await call(run, withKey("a", { apiKey, body: '{"value":1}' }));
    const other = await call(run, withKey("a", { apiKey, body: '{"value":1 }' }));
    expect(other, dialect.name).toMatchObject({ status: 409, body });
    if (dialect === agency) expect(JSON.stringify(other.body)).toBe(JSON.stringify(body));
    expect(await effectsOf(organizationId)).toBe(1);
  }
});

test("README 5.4: of 20 requests at once one runs; the others are its replay or 409, and there is one effect", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(work, withKey("a", { apiKey }))));
  const ran = answers.filter(({ status, headers }) => status === 201 && !headers.has("idempotency-replayed"));
  expect(ran).toHaveLength(1);
  for (const { status, body, headers } of answers) {
    if (headers.has("idempotency-replayed")) expect(body).toEqual(ran[0]?.body);
    else if (status !== 201) expect({ status, code: body.code }).toEqual({ status: 409, code: "IDEMPOTENCY_RUNNING" });
  }
  expect(await effectsOf(organizationId)).toBe(1);
});

test("README 5.4: organization, method and path each have keys of their own; so does no key at all", async () => {
  const [one, other] = [await createOrganization(), await createOrganization()];
  const calls: CallOptions[] = [
    { apiKey: one.apiKey, path: "/api/a" },
    { apiKey: one.apiKey, path: "/api/b" },
    { apiKey: one.apiKey, path: "/api/a", method: "PUT" },
    { apiKey: other.apiKey, path: "/api/a" },
  ];
  for (const options of calls) {
    const answer = await call(work, withKey("a", options));
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.headers.has("idempotency-replayed")).toBe(false);
  }
  await call(work, { apiKey: other.apiKey, body: {} });
  await call(work, { apiKey: other.apiKey, body: {} });
  expect([await effectsOf(one.organizationId), await effectsOf(other.organizationId)]).toEqual([3, 3]);
});

test("README 5.4: a refusal is stored and replayed, its effect undone", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (const [key, body, status] of [
    ["conflict", { fail: "conflict" }, 409],
    ["wrong", { value: "x" }, 400],
  ] as const) {
    const first = await call(work, withKey(key, { apiKey, body }));
    const again = await call(work, withKey(key, { apiKey, body }));
    expect(first.status).toBe(status);
    expect(again).toMatchObject({ status, body: first.body });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  }
  expect(await effectsOf(organizationId)).toBe(0);
});

test("README 5.4: 401, 403, 429 and 500 are not stored, and effect and stored answer are both absent after a crash", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (const [fail, status] of [
    ["crash", 500],
    ["limited", 429],
    ["forbidden", 403],
    ["unauthorized", 401],
  ] as const) {
    for (let attempt = 0; attempt < 2; attempt++) {
      const answer = await call(work, withKey(fail, { apiKey, body: { fail } }));
      expect(answer.status).toBe(status);
      expect(answer.headers.has("idempotency-replayed")).toBe(false);
    }
  }
  expect(await storedOf(organizationId)).toEqual([]);
  expect(await effectsOf(organizationId)).toBe(0);
  expect(await call(work, withKey("crash", { apiKey, body: {} }))).toMatchObject({ status: 201 });
  expect(await effectsOf(organizationId)).toBe(1);
});

test("README 5.4: a key of 255 characters is taken; 256 and a blank one are 400, before any effect", async () => {
  const { apiKey, organizationId } = await createOrganization();
  expect(await call(work, withKey("k".repeat(255), { apiKey }))).toMatchObject({ status: 201 });
  for (const key of ["k".repeat(256), " "]) {
    expect(await call(work, withKey(key, { apiKey }))).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR" },
    });
  }
  expect(await effectsOf(organizationId)).toBe(1);
});
