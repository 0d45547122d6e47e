import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { pricingEventsOf } from "#lib/testing/pricing";

const defaults = {
  complexity_markup: { low: 3, medium: 4, high: 5 },
  segment_adjustments: { enterprise: 0.5, mid_market: 0, smb: -0.5, startup: -1 },
  minimum_price: 0.5,
  margin_thresholds: { task: 55, subscription: 50, enterprise: 45 },
};
const opus = { model: "opus", estimated_input: 20_000, estimated_output: 10_000, complexity: "high" };

test("A4 +A3 a new organization has the contract's policy, without a row", async () => {
  const { apiKey, organizationId } = await createOrganization();
  expect((await send("GET /api/pricing/policy", { apiKey })).body).toEqual({
    success: true,
    pricing_policy: defaults,
    version: 0,
    effective_at: null,
    scheduled: [],
  });
  const rows = await system.all(sql`select 1 from pricing_policies where organization_id = ${organizationId}`);
  expect(rows).toEqual([]);
});

test("A4 the samples and the guard-rail of the status", async () => {
  const { apiKey } = await createOrganization();
  const { status, body } = await send("GET /api/pricing/status", { apiKey });
  expect(status).toBe(200);
  expect(body.pricing_policy).toEqual(defaults);
  const shown = Object.entries<{ recommended_price: number; gross_margin_pct: number; final_markup: number }>(
    body.example_quotes,
  ).map(([segment, { final_markup, recommended_price, gross_margin_pct }]) => [
    segment,
    final_markup,
    recommended_price,
    gross_margin_pct,
  ]);
  // Enterprise is 0.85/96.8 in the document, at a cost for which its own quote example says 0.50/94.6 (gap 43).
  expect(shown).toEqual([
    ["enterprise", 5.5, 0.5, 94.6],
    ["mid_market", 4, 0.5, 99.7],
    ["smb", 2.5, 0.5, 99.4],
    ["startup", 2, 0.5, 99.4],
  ]);
  expect(body.guardrail_check).toEqual({
    delivery_type: "task",
    minimum_margin_pct: 55,
    actual_margin_pct: 99.7,
    is_compliant: true,
    action: "approve_quote",
  });
});

test("+A3 a change makes a version, keeps what was left out, is told and audited; old quotes keep theirs", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const before = await send("POST /api/pricing/quote", { apiKey, body: opus });
  const change = { complexity_markup: { high: 6.25 }, minimum_price: 0.75, note: "More margin" };
  const put = await send("PUT /api/pricing/policy", { apiKey, body: change });
  expect(put.body).toMatchObject({
    success: true,
    version: 1,
    pricing_policy: { ...defaults, complexity_markup: { low: 3, medium: 4, high: 6.25 }, minimum_price: 0.75 },
  });
  const after = await send("POST /api/pricing/quote", { apiKey, body: opus });
  expect(
    [before.body, after.body].map(({ quote, policy_version }) => [policy_version, quote.recommended_price]),
  ).toEqual([
    [0, 5.25],
    [1, 6.56],
  ]);
  const kept = await send(`GET /api/pricing/quotes/${before.body.quote_id}`, { apiKey });
  expect(kept.body.quote).toMatchObject({ policy_version: 0, quote: { final_markup: 5, recommended_price: 5.25 } });
  const told = (await pricingEventsOf(organizationId)).find(({ type }) => type === "pricing.policy_changed");
  expect(told?.data).toMatchObject({ version: 1, changed: ["complexity_markup.high", "minimum_price"] });
  const audited = await system.all(sql`
    select 1 from audit_entries where organization_id = ${organizationId} and resource_type = 'pricing_policy'`);
  expect(audited).toHaveLength(1);
  const versions = await send("GET /api/pricing/policy/versions", { apiKey });
  expect(versions.body.versions.map(({ version, status }: Record<string, unknown>) => [version, status])).toEqual([
    [1, "current"],
    [0, "past"],
  ]);
});

test("+A3 a version for later is shown as scheduled and holds from its time on", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const effective_at = new Date(Date.now() + 3_600_000).toISOString();
  const body = { segment_adjustments: { smb: -0.25 }, effective_at };
  const put = await send("PUT /api/pricing/policy", { apiKey, body });
  expect(put.body).toMatchObject({ version: 0, scheduled: [{ version: 1, effective_at, status: "scheduled" }] });
  await system.run(sql`
    update pricing_policies set effective_at = now() - interval '1 second' where organization_id = ${organizationId}`);
  const now = await send("GET /api/pricing/policy", { apiKey });
  expect(now.body).toMatchObject({
    version: 1,
    scheduled: [],
    pricing_policy: { segment_adjustments: { smb: -0.25 } },
  });
});

test("+A3 ten changes at the same moment make ten versions, each on top of another", async () => {
  const { apiKey } = await createOrganization();
  const put = (index: number) => send("PUT /api/pricing/policy", { apiKey, body: { minimum_price: 1 + index } });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => put(index)));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(answers.map(({ body }) => body.version).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("+A3 figures that make no sense are refused with their names, in the short form", async () => {
  const { apiKey } = await createOrganization();
  const cases: [object, string][] = [
    [{}, "Give at least one figure that differs from the policy in force"],
    [{ minimum_price: 0.5 }, "Give at least one figure that differs from the policy in force"],
    [{ minimum_price: 0.505 }, "minimum_price must be in whole cents"],
    [{ minimum_price: 0 }, "minimum_price must be a number from 0.01 to 1000000"],
    [{ complexity_markup: { low: 4.5 } }, "complexity_markup must not fall from low to medium to high"],
    [{ complexity_markup: { low: 0.5 } }, "segment_adjustments must leave every final markup above 0"],
    [{ complexity_markup: { low: -1 } }, "complexity_markup.low must be a number from 0.01 to 100"],
    [{ complexity_markup: { extreme: 9 } }, "complexity_markup must be an object with any of: low, medium, high"],
    [{ segment_adjustments: { smb: "much" } }, "segment_adjustments.smb must be a number from -100 to 100"],
    [
      { segment_adjustments: 4 },
      "segment_adjustments must be an object with any of: enterprise, mid_market, smb, startup",
    ],
    [{ margin_thresholds: { task: 100 } }, "margin_thresholds.task must be a number from 0 to 99.99"],
    [{ minimum_price: 1, effective_at: "2020-01-01T00:00:00Z" }, "effective_at must not be in the past"],
    [{ minimum_price: 1, effective_at: "soon" }, "effective_at must be a time such as 2027-03-01T00:00:00Z"],
  ];
  for (const [body, error] of cases)
    expect(await send("PUT /api/pricing/policy", { apiKey, body })).toMatchObject({
      status: 400,
      body: { success: false, error },
    });
});

test("+A3 the policy may come as a form, needs admin:write to be written and billing:read to be read", async () => {
  const { apiKey } = await createOrganization();
  const form = new FormData();
  form.set("complexity_markup", '{"high":7}');
  form.set("minimum_price", "1.25");
  const put = await send("PUT /api/pricing/policy", { apiKey, body: form });
  expect(put.body.pricing_policy).toMatchObject({ complexity_markup: { high: 7 }, minimum_price: 1.25 });
  const reader = await createOrganization({ scopes: ["billing:read"] });
  expect((await send("GET /api/pricing/policy", { apiKey: reader.apiKey })).status).toBe(200);
  expect((await send("POST /api/pricing/quote", { apiKey: reader.apiKey, body: opus })).status).toBe(200);
  const refused = await send("PUT /api/pricing/policy", { apiKey: reader.apiKey, body: { minimum_price: 1 } });
  expect(refused).toMatchObject({ status: 403, body: { error: { message: expect.stringContaining("admin:write") } } });
});

test("+A3 a preview says what a change would do to the newest quotes, and changes nothing", async () => {
  const { apiKey } = await createOrganization();
  for (const complexity of ["low", "high"])
    await send("POST /api/pricing/quote", { apiKey, body: { ...opus, complexity, segment: "startup" } });
  const body = { complexity_markup: { high: 6 }, margin_thresholds: { task: 50 } };
  expect((await send("POST /api/pricing/policy/preview", { apiKey, body })).body).toMatchObject({
    success: true,
    changed: ["complexity_markup.high", "margin_thresholds.task"],
    quote_count: 2,
    changed_price_count: 1,
    revenue: { before: 6.3, after: 7.35 },
    average_margin_pct: { before: 62.5, after: 65 },
    compliant_count: { before: 1, after: 2 },
  });
  expect((await send("GET /api/pricing/policy", { apiKey })).body.version).toBe(0);
});
