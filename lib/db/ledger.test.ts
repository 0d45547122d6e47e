import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, tenant, transaction } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";

const grant = (organizationId: string, amount: number | null, reference: string) =>
  system.one<{ balance: number }>(sql`
    select balance from baton.add_credits(${organizationId}, 'grant', ${amount}, 'Test grant', ${reference})`);

async function stateOf(organizationId: string) {
  const rows = await system.all<{ amount: number; balanceAfter: number }>(sql`
    select amount, balance_after from credit_transactions where organization_id = ${organizationId} order by position`);
  const { credits } = await system.one<{ credits: number }>(
    sql`select credits from organizations where id = ${organizationId}`,
  );
  return { rows, credits };
}

test("a grant counts once per reference, also under 20 calls at once, and answers the balance each time", async () => {
  const { organizationId } = await createOrganization();
  const answers = await Promise.all(Array.from({ length: 20 }, () => grant(organizationId, 100, "checkout:cs_1")));
  expect(answers).toEqual(Array(20).fill({ balance: 125 }));
  const { rows, credits } = await stateOf(organizationId);
  expect(credits).toBe(125);
  expect(rows).toEqual([
    { amount: 25, balanceAfter: 25 },
    { amount: 100, balanceAfter: 125 },
  ]);
});

test("C25 the running balance is exact for every row when 20 different grants come at once", async () => {
  const { organizationId } = await createOrganization();
  await Promise.all(Array.from({ length: 20 }, (_, index) => grant(organizationId, index + 1, `grant:${index}`)));
  const { rows, credits } = await stateOf(organizationId);
  expect(credits).toBe(25 + 210);
  let balance = 0;
  for (const row of rows) {
    balance += row.amount;
    expect(row.balanceAfter).toBe(balance);
  }
  expect(rows).toHaveLength(21);
});

test("the same reference in two organizations names two grants", async () => {
  const [one, other] = [await createOrganization(), await createOrganization()];
  await grant(one.organizationId, 5, "same");
  await grant(other.organizationId, 5, "same");
  expect([(await stateOf(one.organizationId)).credits, (await stateOf(other.organizationId)).credits]).toEqual([
    30, 30,
  ]);
});

test("a grant must be positive and for an organization that exists", async () => {
  const { organizationId } = await createOrganization();
  for (const amount of [0, -1, null])
    await expect(grant(organizationId, amount, "bad")).rejects.toMatchObject({ code: "23514" });
  await expect(grant(randomUUID(), 5, "nobody")).rejects.toMatchObject({ code: "23503" });
  expect((await stateOf(organizationId)).credits).toBe(25);
});

test("nobody changes credits, transactions or the audit log as a tenant, not even his own", async () => {
  const { ctx, organizationId } = await createOrganization();
  const forbidden = [
    sql`update organizations set credits = 1000000`,
    sql`insert into credit_transactions (organization_id, type, amount, balance_after, description, reference)
      values (${organizationId}, 'grant', 5, 30, 'Mine', 'mine')`,
    sql`update credit_transactions set amount = 1000`,
    sql`delete from credit_transactions`,
    sql`update audit_entries set details = '{}'`,
    sql`delete from audit_entries`,
    sql`truncate audit_entries`,
    sql`update events set data = '{}'`,
    sql`delete from usage_events`,
    sql`insert into organizations (id, name) values (${randomUUID()}, 'New')`,
    sql`delete from organizations`,
    sql`insert into credit_holds (organization_id, reference, micros, expires_at)
      values (${organizationId}, 'mine', 5, now() + interval '1 hour')`,
    sql`update credit_holds set status = 'released'`,
    sql`delete from credit_holds`,
    sql`select baton.add_credits(${organizationId}, 'grant', 5, 'Mine', 'mine')`,
    sql`select baton.take_back_credits(${organizationId}, 5, 'Mine', 'mine')`,
    sql`select baton.hold_credits('[]')`,
    sql`select baton.expire_holds(1)`,
    sql`select baton.expire_holds_of(${organizationId})`,
    sql`select baton.append_entry(${organizationId}, 'grant', 5, 0, 'Mine', 'mine')`,
    sql`select baton.charge_metered(${organizationId}, 0, 5)`,
    sql`select baton.lock_ledger(${organizationId}, 5, 'mine')`,
  ];
  for (const statement of forbidden) {
    await expect(tenant(ctx).run(statement), statement.text).rejects.toMatchObject({ code: "42501" });
    await expect(
      transaction(ctx, (tx) => tx.run(statement)),
      statement.text,
    ).rejects.toMatchObject({ code: "42501" });
  }
  expect((await stateOf(organizationId)).credits).toBe(25);
});

test("the database itself keeps the balance at or above zero and the last owner in place", async () => {
  const { organizationId, userId } = await createOrganization();
  await expect(
    system.run(sql`update organizations set credits = -1 where id = ${organizationId}`),
  ).rejects.toMatchObject({ code: "23514" });
  for (const statement of [
    sql`delete from members where organization_id = ${organizationId} and user_id = ${userId}`,
    sql`update members set role = 'admin' where organization_id = ${organizationId}`,
  ]) {
    await expect(system.run(statement)).rejects.toMatchObject({ code: "BT001" });
  }
  // The organization as a whole can go, with everything that is its own.
  expect(await system.run(sql`delete from organizations where id = ${organizationId}`)).toBe(1);
});
