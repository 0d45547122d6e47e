import { expect, test } from "vitest";
import { updatePolicy } from "#lib/pricing/policy/service";
import { listQuotes } from "#lib/pricing/quotes/service";
import {
  compareScenarioSet,
  createScenarioSet,
  deleteScenarioSet,
  evaluateScenarioSet,
  listPricedSets,
} from "#lib/pricing/scenarios/service";
import { createOrganization } from "#lib/testing/factories";

const opus = { model: "opus", estimated_input: 20_000, estimated_output: 10_000, complexity: "low" } as const;
const input = {
  name: "Proposal",
  delivery_type: "task" as const,
  scenarios: [
    { ...opus, segment: "startup" as const },
    { ...opus, segment: "enterprise" as const },
  ],
};

test("a set is compared between the policy of its making, or any version, and the one in force; nothing is stored", async () => {
  const { ctx } = await createOrganization();
  const { scenario_set_id: id } = (await createScenarioSet(ctx, input)).scenario_set;
  const fresh = await compareScenarioSet(ctx, id);
  expect(fresh.before).toEqual(fresh.now);
  expect(fresh.now).toMatchObject({ policyVersion: 0, price: 5.78, compliant_count: 1, needs_escalation: true });

  await updatePolicy(ctx, { complexity_markup: { low: 4 } });
  const { before, now, rows } = await compareScenarioSet(ctx, id);
  expect(before).toEqual(fresh.before);
  expect(now).toMatchObject({ policyVersion: 1, price: 7.88, compliant_count: 2, needs_escalation: false });
  expect(rows.map((row) => [row.before.quote.recommended_price, row.now.quote.recommended_price])).toEqual([
    [2.1, 3.15],
    [3.68, 4.73],
  ]);
  expect((await compareScenarioSet(ctx, id, 1)).before).toEqual(now);
  await expect(compareScenarioSet(ctx, id, 7)).rejects.toMatchObject({ code: "not_found" });
  expect((await listQuotes(ctx)).total).toBe(0);

  const { items, hasNext } = await listPricedSets(ctx, { limit: 1, offset: 0 });
  expect([items.length, items[0]?.priced, hasNext]).toEqual([1, now, false]);
  expect((await evaluateScenarioSet(ctx, id)).scenario_count).toBe(2);
  expect((await listQuotes(ctx, { source: "scenario" })).total).toBe(2);
  await deleteScenarioSet(ctx, id);
  expect((await listPricedSets(ctx, { limit: 1, offset: 0 })).items).toEqual([]);
});

test("another organization's sets and policy versions are not there", async () => {
  const [owner, stranger] = [await createOrganization(), await createOrganization()];
  const { scenario_set_id: id } = (await createScenarioSet(owner.ctx, input)).scenario_set;
  await updatePolicy(owner.ctx, { minimum_price: 9 });
  const own = (await createScenarioSet(stranger.ctx, input)).scenario_set.scenario_set_id;
  await expect(compareScenarioSet(stranger.ctx, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(compareScenarioSet(stranger.ctx, own, 1)).rejects.toMatchObject({ code: "not_found" });
  expect((await compareScenarioSet(stranger.ctx, own)).now.policyVersion).toBe(0);
  expect((await listPricedSets(stranger.ctx, { limit: 10, offset: 0 })).items).toHaveLength(1);
});
