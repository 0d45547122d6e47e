import { type Context, userIdOf } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { DeliveryType } from "#lib/pricing/names";
import type { Scenario } from "#lib/pricing/quotes/schema";

export type SetRow = { id: string; name: string; deliveryType: DeliveryType; scenarios: Scenario[]; createdAt: string };

const columns = sql`id, name, delivery_type, scenarios, created_at`;

/** Returns nothing when there is a set of this name. */
export function insertSet(
  tx: Tx,
  ctx: Context,
  { id, name, deliveryType, scenarios }: Omit<SetRow, "createdAt">,
): Promise<SetRow | undefined> {
  return tx.maybe(sql`
    insert into pricing_scenario_sets (id, organization_id, name, delivery_type, scenarios, user_id)
    values (${id}, ${ctx.organizationId}, ${name}, ${deliveryType}, ${JSON.stringify(scenarios)}, ${userIdOf(ctx)})
    on conflict (organization_id, name) do nothing
    returning ${columns}`);
}

export function selectSets(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<SetRow[]> {
  return tx.all(sql`
    select ${columns} from pricing_scenario_sets where organization_id = ${organizationId}
    order by created_at desc, id desc limit ${limit} offset ${offset}`);
}

export function selectSet(tx: Tx, organizationId: string, id: string): Promise<SetRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from pricing_scenario_sets where organization_id = ${organizationId} and id = ${id}`);
}

export function deleteSetRow(tx: Tx, organizationId: string, id: string): Promise<number> {
  return tx.run(sql`delete from pricing_scenario_sets where organization_id = ${organizationId} and id = ${id}`);
}
