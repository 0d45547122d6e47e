import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, type Tx, tenant } from "#lib/db/transaction";

export const organizationName = "Northwind Studio (demo)";

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
