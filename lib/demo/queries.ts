import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, type Tx, tenant } from "#lib/db/transaction";

export type DemoState = "filling" | "filled";

/** Whether everything that this organization shows is made up. */
export async function isDemo(ctx: Context): Promise<boolean> {
  const { isDemo } = await tenant(ctx).one<{ isDemo: boolean }>(sql`
    select demo_state is not null as is_demo from organizations where id = ${ctx.organizationId}`);
  return isDemo;
}

/** The instance's organization of made-up data, if there is one. */
export function findDemo(): Promise<{ id: string; demoState: DemoState } | undefined> {
  return system.maybe(sql`select id, demo_state from organizations where demo_state is not null`);
}

export async function setDemoState(tx: Tx, organizationId: string, state: DemoState): Promise<void> {
  await tx.run(sql`update organizations set demo_state = ${state} where id = ${organizationId}`);
}

export function selectOwned(tx: Tx, userId: string): Promise<{ id: string } | undefined> {
  return tx.maybe(sql`select organization_id as id from members where user_id = ${userId} and role = 'owner'`);
}

/** Lets somebody who has chosen no organization act for this one. */
export async function chooseForUndecided(tx: Tx, organizationId: string, userId: string): Promise<void> {
  await tx.run(sql`
    update profiles set active_organization_id = ${organizationId}
    where user_id = ${userId} and active_organization_id is null`);
}

/** Who has this address, else who was here first, leaving some people out. */
export function selectFirstPerson(
  email: string | undefined,
  except: readonly string[],
): Promise<{ userId: string; email: string } | undefined> {
  return system.maybe(sql`
    select user_id, email from profiles where user_id <> all (${[...except]}::uuid[])
    order by lower(email) = lower(${email ?? ""}) desc, created_at, user_id limit 1`);
}

/** The marked organizations, and those that the founder owns: a start that was cut off had not marked its own yet. */
export async function selectDemoIds(tx: Tx, founderId: string): Promise<string[]> {
  const found = await tx.all<{ id: string }>(sql`
    select id from organizations where demo_state is not null
    union
    select organization_id from members where user_id = ${founderId} and role = 'owner'`);
  return found.map(({ id }) => id);
}

/** Deletes organizations with everything in them, and people. Answers the keys of the stored packages left behind. */
export async function deleteDemo(
  tx: Tx,
  organizationIds: readonly string[],
  userIds: readonly string[],
): Promise<string[]> {
  const objects = await tx.all<{ objectKey: string }>(sql`
    select object_key from packages where organization_id = any (${[...organizationIds]}::uuid[])`);
  await tx.run(sql`delete from organizations where id = any (${[...organizationIds]}::uuid[])`);
  await tx.run(sql`delete from profiles where user_id = any (${[...userIds]}::uuid[])`);
  return objects.map(({ objectKey }) => objectKey);
}

/** The database's clock, to the microsecond. */
export async function selectClock(): Promise<string> {
  return (await system.one<{ now: string }>(sql`select clock_timestamp()::text as now`)).now;
}

/** The transaction's commit waits for no disk. */
export async function commitWithoutWaiting(tx: Tx): Promise<void> {
  await tx.run(sql`select set_config('synchronous_commit', 'off', true)`);
}
