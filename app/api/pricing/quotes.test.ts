import { beforeAll, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { escalating, pricingEventsOf, sendThreeWays, urlencoded } from "#lib/testing/pricing";

let organization: Awaited<ReturnType<typeof createOrganization>>;
beforeAll(async () => {
  organization = await createOrganization();
});

const k2p5 = { model: "k2p5", estimated_input: 1_200, estimated_output: 800, complexity: "medium" };
const sonnet = {
  model: "sonnet",
  estimated_input: 3_000,
  estimated_output: 1_200,
  complexity: "high",
  delivery_type: "task",
  segment: "enterprise",
};

const countQuotes = async (organizationId: string) =>
  (
    await system.one<{ count: number }>(sql`
      select count(*) as count from pricing_quotes where organization_id = ${organizationId}`)
  ).count;

test("A10 a quote is exact, stored, told of, and the same as JSON, urlencoded and multipart", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const answers = await sendThreeWays("POST /api/pricing/quote", apiKey, sonnet);
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect(body).toEqual({
      success: true,
      quote_id: expect.stringMatching(/^quote_[0-9a-f]{32}$/),
      policy_version: 0,
      quote: {
        model: "sonnet",
        complexity: "high",
        segment: "enterprise",
        estimated_input_tokens: 3_000,
        estimated_output_tokens: 1_200,
        internal_cost: 0.027,
        base_markup: 5,
        segment_adjustment: 0.5,
        final_markup: 5.5,
        recommended_price: 0.5,
        gross_margin_pct: 94.6,
        margin_band: "strong",
      },
      guardrail_check: {
        delivery_type: "task",
        minimum_margin_pct: 55,
        actual_margin_pct: 94.6,
        is_compliant: true,
        action: "approve_quote",
      },
    });
    const stored = await send(`GET /api/pricing/quotes/${body.quote_id}`, { apiKey });
    expect(stored.body.quote).toMatchObject({ quote: body.quote, source: "quote", policy_version: 0 });
  }
  const told = await pricingEventsOf(organizationId);
  expect(told.map(({ type }) => type)).toEqual(Array(3).fill("pricing.quote_generated"));
  expect(told[0]?.data).toEqual({
    quote_id: expect.stringMatching(/^quote_/),
    model: "sonnet",
    segment: "enterprise",
    recommended_price: 0.5,
    gross_margin_pct: 94.6,
  });
  const listed = await send("GET /api/pricing/quotes?limit=2", { apiKey });
  expect([listed.body.quotes.length, listed.body.total]).toEqual([2, 3]);
});

test("A10 delivery_type and segment may be left out, and empty fields of a form count as left out", async () => {
  const body = new URLSearchParams({ ...k2p5, segment: "", delivery_type: "" } as unknown as Record<string, string>);
  const { apiKey } = organization;
  const answer = await send("POST /api/pricing/quote", { apiKey, headers: urlencoded, body: body.toString() });
  expect(answer.body.quote).toMatchObject({ segment: "mid_market", gross_margin_pct: 99.6 });
  expect(answer.body.guardrail_check).toMatchObject({ delivery_type: "task" });
});

test("A10 a quote below its guard-rail is told as margin_alert too", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const answer = await send("POST /api/pricing/quote", { apiKey, body: escalating });
  expect(answer.body).toMatchObject({
    quote: { internal_cost: 1.05, recommended_price: 2.1, gross_margin_pct: 50, margin_band: "at_risk" },
    guardrail_check: { is_compliant: false, action: "escalate_deal_desk" },
  });
  const told = await pricingEventsOf(organizationId);
  expect(told.map(({ type }) => type)).toEqual(["pricing.quote_generated", "pricing.margin_alert"]);
  expect(told[1]?.data).toMatchObject({ gross_margin_pct: 50, minimum_margin_pct: 55, delivery_type: "task" });
});

test("A11 quotes every segment side by side, four stored, ties broken as documented", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const fields = { model: "k2p5", complexity: "medium", estimated_input: 2_000, estimated_output: 800 };
  for (const { status, body } of await sendThreeWays("POST /api/pricing/batch-quotes", apiKey, fields)) {
    expect(status).toBe(200);
    expect(body.input_params).toEqual({ ...fields, delivery_type: "task" });
    expect(Object.keys(body.quotes_by_segment)).toEqual(["enterprise", "mid_market", "smb", "startup"]);
    for (const { quote, guardrail_check } of Object.values<{ quote: object; guardrail_check: object }>(
      body.quotes_by_segment,
    )) {
      expect(quote).toMatchObject({ internal_cost: 0.0028, recommended_price: 0.5, gross_margin_pct: 99.4 });
      expect(guardrail_check).toMatchObject({ is_compliant: true, actual_margin_pct: 99.4 });
    }
    expect(body.comparison).toEqual({
      best_value_segment: "startup",
      best_value_price: 0.5,
      highest_margin_segment: "mid_market",
      highest_margin_pct: 99.4,
    });
  }
  expect(await countQuotes(organizationId)).toBe(12);
  expect(await pricingEventsOf(organizationId)).toHaveLength(12);
});

test("A18 scenarios come back in their order with the roll-up, and are stored", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const scenarios = [{ ...k2p5, segment: "mid_market" }, escalating, { ...escalating, segment: "smb" }];
  for (const { status, body } of await sendThreeWays("POST /api/pricing/scenario", apiKey, { scenarios })) {
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      delivery_type: "task",
      scenario_count: 3,
      compliant_count: 2,
      compliance_ratio: 0.67,
      needs_escalation: true,
      requires_executive_review: false,
      average_margin_pct: 69.9,
    });
    const shown = body.results.map(({ quote }: { quote: { model: string; gross_margin_pct: number } }) => [
      quote.model,
      quote.gross_margin_pct,
    ]);
    expect(shown).toEqual([
      ["k2p5", 99.6],
      ["opus", 50],
      ["opus", 60.1],
    ]);
  }
  expect(await countQuotes(organizationId)).toBe(9);
  const told = (await pricingEventsOf(organizationId)).map(({ type }) => type);
  expect(told.filter((type) => type === "pricing.margin_alert")).toHaveLength(3);
});

test("A18 takes 1 to 100 scenarios; a bad one is named, and nothing of the list is stored", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const cases: [unknown, string][] = [
    [undefined, "scenarios must be a JSON array"],
    ["{}", "scenarios must be a JSON array"],
    ["[1,", "scenarios must be a JSON array"],
    [{ 0: k2p5 }, "scenarios must be a JSON array"],
    [[], "scenarios must have 1 to 100 items, not 0"],
    [Array(101).fill(k2p5), "scenarios must have 1 to 100 items, not 101"],
    [[k2p5, "x"], "scenarios[1]: must be an object"],
    [
      [k2p5, k2p5, { ...k2p5, segment: "moon" }],
      "scenarios[2]: Invalid segment. Must be one of: enterprise, mid_market, smb, startup",
    ],
    [[{ ...k2p5, estimated_input: -1 }], "scenarios[0]: estimated_input must be a non-negative integer"],
    [
      [k2p5, { ...k2p5, model: "gpt" }],
      "scenarios[1]: Invalid model. Must be one of: k2p5, sonnet, opus, minimax-m2.5",
    ],
  ];
  for (const [scenarios, error] of cases) {
    const answer = await send("POST /api/pricing/scenario", { apiKey, body: { scenarios } });
    expect(answer).toMatchObject({ status: 400, body: { success: false, error } });
  }
  expect(await countQuotes(organizationId)).toBe(0);
  const full = await send("POST /api/pricing/scenario", { apiKey, body: { scenarios: Array(100).fill(k2p5) } });
  expect(full.body).toMatchObject({ scenario_count: 100, compliance_ratio: 1 });
  expect(await countQuotes(organizationId)).toBe(100);
});

test("README 5.4 a repeated quote is the same one; another body under its key is 409; a form's boundary is no other body", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const headers = { "idempotency-key": "quote-1" };
  const first = await send("POST /api/pricing/quote", { apiKey, headers, body: k2p5 });
  const again = await send("POST /api/pricing/quote", { apiKey, headers, body: k2p5 });
  expect(again.body).toEqual(first.body);
  const other = await send("POST /api/pricing/quote", { apiKey, headers, body: escalating });
  expect(other).toMatchObject({ status: 409, body: { success: false, error: "Idempotency key payload mismatch" } });
  const form = () => {
    const made = new FormData();
    for (const [name, value] of Object.entries(k2p5)) made.set(name, String(value));
    return made;
  };
  const key = { "idempotency-key": "quote-2" };
  const sent = await send("POST /api/pricing/quote", { apiKey, headers: key, body: form() });
  const resent = await send("POST /api/pricing/quote", { apiKey, headers: key, body: form() });
  expect(resent.body.quote_id).toBe(sent.body.quote_id);
  expect(await countQuotes(organizationId)).toBe(2);
});

test("another organization's quote, an unknown one and a malformed id are 404 in the long form", async () => {
  const { apiKey } = organization;
  const stranger = await createOrganization();
  const { body } = await send("POST /api/pricing/quote", { apiKey: stranger.apiKey, body: k2p5 });
  for (const id of [body.quote_id, `quote_${"0".repeat(32)}`, "quote_12345", "decision_1"]) {
    const answer = await send(`GET /api/pricing/quotes/${id}`, { apiKey });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 404, message: "Quote not found" } } });
  }
});
