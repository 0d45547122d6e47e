import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import type { Page, PageQuery } from "#lib/page";
import { priceQuote, type QuoteFigures } from "#lib/pricing/arithmetic";
import { centsToDollars } from "#lib/pricing/decimal";
import { publicId, uuidOf } from "#lib/pricing/names";
import { partOf } from "#lib/pricing/paging";
import type { Policy } from "#lib/pricing/policy/figures";
import { currentPolicy, policyAt, requirePolicy } from "#lib/pricing/policy/service";
import type { Guardrail, NewScenarioSet, Quote, ScenarioAnswer, ScenarioSet } from "#lib/pricing/quotes/schema";
import { evaluateScenarios } from "#lib/pricing/quotes/service";
import { checkedWire, requestOf } from "#lib/pricing/quotes/wire";
import { type Rollup, rollupOf } from "#lib/pricing/rollup";
import { deleteSetRow, insertSet, type SetRow, selectSet, selectSets } from "#lib/pricing/scenarios/queries";

function wire({ id, name, deliveryType, scenarios, createdAt }: SetRow): ScenarioSet {
  const scenario_set_id = publicId("scenario_set", id);
  return { scenario_set_id, name, delivery_type: deliveryType, scenarios, created_at: createdAt };
}

/** What a set comes to under one version of the policy. The price of all scenarios together is in US dollars. */
export type PricedSet = Rollup & { policyVersion: number; price: number };

const figuresOf = ({ deliveryType, scenarios }: SetRow, policy: Policy): QuoteFigures[] =>
  scenarios.map((one) => priceQuote(policy, requestOf(one, deliveryType)));

function pricedSet(quotes: readonly QuoteFigures[], { version }: Policy): PricedSet {
  const cents = quotes.reduce((sum, { priceCents }) => sum + priceCents, 0);
  return { policyVersion: version, price: centsToDollars(cents), ...rollupOf(quotes) };
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

/** A part of the sets, each with what it comes to under the policy in force, and whether more follow. Stores nothing. */
export async function listPricedSets(ctx: Context, { limit, offset }: Page) {
  const [policy, rows] = await Promise.all([
    currentPolicy(tenant(ctx), ctx),
    selectSets(tenant(ctx), ctx.organizationId, { limit: limit + 1, offset }),
  ]);
  const items = rows
    .slice(0, limit)
    .map((row) => ({ set: wire(row), priced: pricedSet(figuresOf(row, policy), policy) }));
  return { items, hasNext: rows.length > limit };
}

type Checked = { quote: Quote; guardrail_check: Guardrail };

/** A set under two versions of the policy, as a whole and scenario by scenario. */
export type SetComparison = {
  set: ScenarioSet;
  before: PricedSet;
  now: PricedSet;
  rows: { before: Checked; now: Checked }[];
};

/**
 * Compares what a set comes to under the policy in force with a version of it: with the one in force when the set was made,
 * unless said. Stores nothing. Throws `not_found`.
 */
export async function compareScenarioSet(ctx: Context, id: string, version?: number): Promise<SetComparison> {
  const row = await required(ctx, id);
  const tx = tenant(ctx);
  const [policy, other] = await Promise.all([
    currentPolicy(tx, ctx),
    version === undefined ? policyAt(tx, ctx, row.createdAt) : requirePolicy(tx, ctx, version),
  ]);
  const [before, now] = [figuresOf(row, other), figuresOf(row, policy)];
  return {
    set: wire(row),
    before: pricedSet(before, other),
    now: pricedSet(now, policy),
    rows: before.flatMap((figures, index) => {
      const fresh = now[index];
      return fresh ? [{ before: checkedWire(figures), now: checkedWire(fresh) }] : [];
    }),
  };
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
