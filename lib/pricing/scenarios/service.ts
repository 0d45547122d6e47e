import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import type { PageQuery } from "#lib/page";
import { publicId, uuidOf } from "#lib/pricing/names";
import { partOf } from "#lib/pricing/paging";
import type { NewScenarioSet, ScenarioAnswer, ScenarioSet } from "#lib/pricing/quotes/schema";
import { evaluateScenarios } from "#lib/pricing/quotes/service";
import { deleteSetRow, insertSet, type SetRow, selectSet, selectSets } from "#lib/pricing/scenarios/queries";

function wire({ id, name, deliveryType, scenarios, createdAt }: SetRow): ScenarioSet {
  const scenario_set_id = publicId("scenario_set", id);
  return { scenario_set_id, name, delivery_type: deliveryType, scenarios, created_at: createdAt };
}

async function required(ctx: Context, id: string): Promise<SetRow> {
  const uuid = uuidOf("scenario_set", id);
  const row = uuid && (await selectSet(tenant(ctx), ctx.organizationId, uuid));
  if (!row) throw notFound("Scenario set");
  return row;
}

/** Keeps scenarios under a name, to be evaluated whenever prices or the policy changed. Throws `conflict`: name taken. */
export function createScenarioSet(ctx: Context, input: NewScenarioSet) {
  const { name, delivery_type: deliveryType, scenarios } = input;
  return transaction(ctx, async (tx) => {
    const row = await insertSet(tx, ctx, { id: uuidv7(), name, deliveryType, scenarios });
    if (!row) throw conflict(`There is a scenario set named ${name} already`, "NAME_TAKEN");
    return { success: true, scenario_set: wire(row) };
  });
}

/** The organization's scenario sets, newest first. */
export async function listScenarioSets(ctx: Context, query?: PageQuery) {
  const rows = await selectSets(tenant(ctx), ctx.organizationId, partOf(query));
  return { success: true, scenario_sets: rows.map(wire) };
}

/** Throws `not_found`. */
export async function getScenarioSet(ctx: Context, id: string) {
  return { success: true, scenario_set: wire(await required(ctx, id)) };
}

/** Throws `not_found`. The quotes that were made of it stay. */
export async function deleteScenarioSet(ctx: Context, id: string) {
  const { id: uuid, name } = await required(ctx, id);
  if ((await deleteSetRow(tenant(ctx), ctx.organizationId, uuid)) === 0) throw notFound("Scenario set");
  return { success: true, message: `Scenario set ${name} deleted` };
}

/** Prices a set under the policy now in force and stores the quotes (as contract A18). Throws `not_found`. */
export function evaluateScenarioSet(ctx: Context, id: string): Promise<ScenarioAnswer> {
  return transaction(ctx, async (tx) => {
    const within = { ...ctx, tx };
    const { deliveryType: delivery_type, scenarios } = await required(within, id);
    return evaluateScenarios(within, { delivery_type, scenarios });
  });
}
