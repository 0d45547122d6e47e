import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { closePool, pool } from "#lib/db/client";
import { sql } from "#lib/db/sql";
import { system, systemTransaction, type Tx, tenant, together, transaction } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { recordEvent } from "#lib/records/service";
import { createOrganization } from "#lib/testing/factories";

// One connection: whatever a statement leaves behind meets the next one.
beforeEach(async () => {
  await closePool();
  provideEnvironment({ DATABASE_POOL_MAX: "1" });
});
afterEach(async () => {
  await closePool();
  provideEnvironment({ DATABASE_POOL_MAX: "10", DATABASE_POOL_MODE: "session" });
});

const typesOf = async (organizationId: string) =>
  (
    await system.all<{ type: string }>(
      sql`select type from events where organization_id = ${organizationId} order by id`,
    )
  )
    .map(({ type }) => type)
    .filter((type) => type.startsWith("test."));
const duplicate = (tx: Tx, id: string) => tx.run(sql`insert into organizations (id, name) values (${id}, 'Twice')`);
const whoAmI = (tx: Tx) =>
  tx.one<{ role: string; claims: string }>(
    sql`select current_user::text as role, coalesce(current_setting('request.jwt.claims', true), '') as claims`,
  );

test("what is thrown rolls everything back and reaches the caller", async () => {
  const { ctx, organizationId } = await createOrganization();
  const failure = new Error("Enough");
  const work = transaction(ctx, async (tx) => {
    await recordEvent(tx, ctx, "test.undone", {});
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect(await typesOf(organizationId)).toEqual([]);
});

test("statements sent together answer in their order, and the first failure by that order is told", async () => {
  const number = (tx: Tx, divisor: number) => tx.one<{ n: number }>(sql`select 6 / ${divisor}::int as n`);
  const answers = await systemTransaction((tx) => together([number(tx, 1), undefined, number(tx, 2)]));
  expect(answers).toEqual([{ n: 6 }, undefined, { n: 3 }]);
  const refusal = new Error("Not ours");
  const refused = systemTransaction((tx) => {
    const looked = number(tx, 1).then(() => Promise.reject(refusal));
    return together([looked, number(tx, 0), number(tx, 1)]);
  });
  await expect(refused).rejects.toBe(refusal);
  const failed = systemTransaction((tx) => together([number(tx, 1), number(tx, 0), number(tx, 1)]));
  await expect(failed, "not that the transaction is aborted").rejects.toMatchObject({ code: "22012" });
});

test("a transaction within one joins it: both are committed, or neither", async () => {
  const { ctx, organizationId } = await createOrganization();
  const both = (fails: boolean) =>
    transaction(ctx, async (tx) => {
      await transaction({ ...ctx, tx }, (inner) => recordEvent(inner, ctx, "test.inner", {}));
      await tenant({ ...ctx, tx }).run(
        sql`insert into events (organization_id, type, data) values (${organizationId}, 'test.single', '{}')`,
      );
      if (fails) throw new Error("Enough");
    });
  await expect(both(true)).rejects.toThrow("Enough");
  expect(await typesOf(organizationId)).toEqual([]);
  await both(false);
  expect(await typesOf(organizationId)).toEqual(["test.inner", "test.single"]);
});

test("a failed statement that the work swallowed is no success", async () => {
  const { ctx, organizationId } = await createOrganization();
  const work = transaction(ctx, async (tx) => {
    await recordEvent(tx, ctx, "test.lost", {});
    await tx.run(sql`select 1 / 0`).catch(() => undefined);
  });
  await expect(work).rejects.toThrow(/rolled back/);
  expect(await typesOf(organizationId)).toEqual([]);
});

test("work after the commit starts only when there was one, and cannot fail it", async () => {
  const { ctx, organizationId } = await createOrganization();
  const seen: string[] = [];
  const run = (fails: boolean) =>
    transaction(ctx, async (tx) => {
      tx.afterCommit(async () => {
        seen.push(...(await typesOf(organizationId)));
        throw new Error("The mail server is down");
      });
      await recordEvent(tx, ctx, "test.done", {});
      expect(seen).toEqual([]);
      if (fails) throw new Error("Enough");
    });
  await expect(run(true)).rejects.toThrow("Enough");
  await run(false);
  await expect.poll(() => seen).toEqual(["test.done"]);
});

test("tenant and role end with the statement or transaction: the next user of the connection is Baton again", async () => {
  const { ctx, organizationId, userId } = await createOrganization();
  const before = await whoAmI(system);
  const inside = { role: "authenticated", claims: expect.stringContaining(organizationId) };
  expect(await whoAmI(tenant(ctx))).toMatchObject(inside);
  expect(await whoAmI(system)).toEqual({ ...before, claims: "" });
  expect(await transaction(ctx, whoAmI)).toMatchObject({ ...inside, claims: expect.stringContaining(userId) });
  await expect(tenant(ctx).run(sql`select 1 / 0`)).rejects.toThrow();
  await expect(transaction(ctx, (tx) => tx.run(sql`select 1 / 0`))).rejects.toThrow();
  expect(await whoAmI(system)).toEqual({ ...before, claims: "" });
});

test("row-level security is the second lock: a statement without filter, as a tenant, meets own rows only", async () => {
  const [one, other] = [await createOrganization(), await createOrganization()];
  for (const tx of [tenant(one.ctx), tenant(one.systemCtx)]) {
    const rows = await tx.all<{ organizationId: string }>(sql`select organization_id from api_keys`);
    expect(rows).toEqual([{ organizationId: one.organizationId }]);
  }
  expect(await transaction(one.ctx, (tx) => tx.run(sql`delete from api_keys`))).toBe(1);
  expect(await tenant(one.ctx).run(sql`delete from api_keys where organization_id = ${other.organizationId}`)).toBe(0);
  expect(await tenant(other.ctx).all(sql`select id from api_keys`)).toHaveLength(1);
});

test("a single statement as a tenant is committed when it is answered; many at once do not mix", async () => {
  const organizations = await Promise.all(Array.from({ length: 5 }, () => createOrganization()));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const ctx = organizations[index % 5]?.ctx;
      return ctx && tenant(ctx).one<{ id: string }>(sql`select id from organizations`);
    }),
  );
  expect(answers.map((answer) => answer?.id)).toEqual(
    answers.map((_, index) => organizations[index % 5]?.organizationId),
  );
  const [first] = organizations;
  if (first)
    await tenant(first.ctx).run(
      sql`insert into events (organization_id, type, data) values (${first.organizationId}, 'test.one', '{}')`,
    );
  expect(await typesOf(first?.organizationId ?? "")).toEqual(["test.one"]);
});

test("a failed statement does not poison its connection: neither a refused value nor a table that comes later", async () => {
  const { ctx, organizationId } = await createOrganization();
  const table = `later_${randomUUID().replaceAll("-", "")}`;
  const read = { ...sql``, text: `select count(*) as count from ${table}`, values: [] } as unknown as ReturnType<
    typeof sql
  >;
  const statements: ((tx: Tx) => Promise<unknown>)[] = [
    (tx: Tx) => duplicate(tx, organizationId),
    (tx: Tx) => tx.all(read),
    (tx: Tx) => tx.run(sql`select ${"x"}::uuid`),
  ];
  for (const run of statements) {
    for (let attempt = 0; attempt < 2; attempt++) {
      await expect(run(system)).rejects.toMatchObject({ severity: "ERROR" });
      await expect(systemTransaction(run)).rejects.toMatchObject({ severity: "ERROR" });
      await expect(tenant(ctx).all(read)).rejects.toMatchObject({ severity: "ERROR" });
      expect(await system.one(sql`select 1 as up`)).toEqual({ up: 1 });
    }
  }
  expect(await duplicate(system, randomUUID())).toBe(1);
  await pool().query(`create temporary table ${table} (id int)`);
  expect(await system.one(read)).toEqual({ count: 0 });
});

test("one statement sent many times without waiting is prepared once, also on a fresh connection", async () => {
  const twice = (tx: Tx) =>
    Promise.all(Array.from({ length: 10 }, (_, n) => tx.one<{ n: number }>(sql`select ${n}::int + 1 as n`)));
  expect((await systemTransaction(twice)).map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await twice(system)).toHaveLength(10);
  const { rows } = await pool().query(
    "select count(*)::int as count from pg_prepared_statements where statement like 'select $1::int + 1%'",
  );
  expect(rows).toEqual([{ count: 1 }]);
});

test("behind a transaction pooler nothing is prepared by name", async () => {
  provideEnvironment({ DATABASE_POOL_MODE: "transaction" });
  await system.one(sql`select 41 + 1 as answer`);
  const { rows } = await pool().query("select count(*)::int as count from pg_prepared_statements");
  expect(rows).toEqual([{ count: 0 }]);
});

test("rows have camelCase fields, RFC 3339 times and plain numbers; one() demands a row", async () => {
  const row = await system.one(
    sql`select 7::bigint as total_count, '2027-03-01T09:15:00+01'::timestamptz as created_at, null::text as no_text`,
  );
  expect(row).toEqual({ totalCount: 7, createdAt: "2027-03-01T08:15:00.000Z", noText: null });
  await expect(system.one(sql`select 1 where false`)).rejects.toThrow("no row");
  expect(await system.maybe(sql`select 1 where false`)).toBeUndefined();
  expect(await system.run(sql`select * from generate_series(1, 3)`)).toBe(3);
});

test("a connection that the server ends is replaced", async () => {
  const { ctx } = await createOrganization();
  await expect(systemTransaction((tx) => tx.run(sql`select pg_terminate_backend(pg_backend_pid())`))).rejects.toThrow();
  expect(await tenant(ctx).all(sql`select id from organizations`)).toHaveLength(1);
  await expect(tenant(ctx).run(sql`select pg_terminate_backend(pg_backend_pid())`)).rejects.toThrow();
  expect(await tenant(ctx).all(sql`select id from organizations`)).toHaveLength(1);
});
