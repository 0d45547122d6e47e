import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const opus = { model: "opus", estimated_input: 20_000, estimated_output: 10_000, complexity: "high" };

async function begin(apiKey: string, body: object = {}): Promise<string> {
  const made = await send("POST /api/pricing/experiments", {
    apiKey,
    body: { name: "Half more", markup_adjustment: 0.5, ...body },
  });
  expect(made.status, made.text).toBe(200);
  return made.body.experiment.experiment_id;
}

test("experiments: a subject keeps his variant, and shares come out as they were asked for", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const id = await begin(apiKey, { test_share_pct: 25 });
  const assign = async (subject: string) =>
    (await send(`POST /api/pricing/experiments/${id}/assign`, { apiKey, body: { subject } })).body;
  const subjects = Array.from({ length: 200 }, (_, index) => `customer ${index}`);
  const first = await Promise.all(subjects.map(assign));
  const tested = first.filter(({ variant }) => variant === "test");
  expect(tested.length).toBeGreaterThan(25);
  expect(tested.length).toBeLessThan(80);
  for (const { variant, markup_adjustment } of first) expect(markup_adjustment).toBe(variant === "test" ? 0.5 : 0);
  expect(await assign("customer 7")).toEqual(first[7]);
  const { count } = await system.one<{ count: number }>(sql`
    select count(*) as count from pricing_assignments where organization_id = ${organizationId}`);
  expect(count).toBe(200);
});

test("experiments: decisions of the variant test are priced with its markup and counted, others are not", async () => {
  const { apiKey } = await createOrganization();
  const all = await begin(apiKey, { test_share_pct: 100 });
  const decide = (experiment_id: string) =>
    send("POST /api/pricing/decision", { apiKey, body: { ...opus, experiment_id, subject: "acme" } });
  const tested = await decide(all);
  expect(tested.body).toMatchObject({
    quote: { base_markup: 5, segment_adjustment: 0, final_markup: 5.5, recommended_price: 5.78 },
    experiment: { experiment_id: all, subject: "acme", variant: "test" },
  });
  const none = await begin(apiKey, { test_share_pct: 0 });
  expect((await decide(none)).body).toMatchObject({ quote: { final_markup: 5 }, experiment: { variant: "control" } });
  const stored = await send(`GET /api/pricing/quotes/${tested.body.quote_id}`, { apiKey });
  expect(stored.body.quote).toMatchObject({ experiment_id: all, variant: "test" });
  const seen = await send(`GET /api/pricing/experiments/${all}`, { apiKey });
  expect(seen.body.experiment.summary).toEqual({
    status: "insufficient_data",
    control: { count: 0, approval_rate: 0, avg_margin_pct: 0 },
    test: { count: 1, approval_rate: 1, avg_margin_pct: 81.8 },
    recommendation: "inconclusive",
  });
});

test("A16 an experiment is summarised from what was tracked, and takes nothing after its end", async () => {
  const { apiKey } = await createOrganization();
  const id = await begin(apiKey);
  const track = (subject: string, decision_status: string, gross_margin_pct: number) =>
    send(`POST /api/pricing/experiments/${id}/track`, { apiKey, body: { subject, decision_status, gross_margin_pct } });
  const counts = { control: 0, test: 0 };
  for (let index = 0; counts.control < 10 || counts.test < 10; index++) {
    const subject = `customer ${index}`;
    const { body } = await send(`POST /api/pricing/experiments/${id}/assign`, { apiKey, body: { subject } });
    const variant: "control" | "test" = body.variant;
    if (counts[variant] === 10) continue;
    counts[variant] += 1;
    await track(subject, counts[variant] === 1 ? "escalated" : "approved", variant === "test" ? 78.5 : 72.5);
  }
  const done = await send(`POST /api/pricing/experiments/${id}/complete`, { apiKey });
  expect(done.body.experiment).toMatchObject({
    status: "completed",
    summary: {
      status: "complete",
      control: { count: 10, approval_rate: 0.9, avg_margin_pct: 72.5 },
      test: { count: 10, approval_rate: 0.9, avg_margin_pct: 78.5 },
      recommendation: "roll_out",
    },
  });
  const message = "The experiment is completed already";
  const late = { status: 409, body: { error: { code: 409, message } } };
  expect(await track("late", "approved", 1)).toMatchObject(late);
  expect(await send(`POST /api/pricing/experiments/${id}/complete`, { apiKey })).toMatchObject(late);
  const listed = await send("GET /api/pricing/experiments", { apiKey });
  expect(listed.body).toMatchObject({ experiments: [{ experiment_id: id }], pagination: { total: 1 } });
});

test("experiments: bad input and other organizations' ids", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const foreign = await begin(stranger.apiKey);
  const missing = { status: 404, body: { error: { message: "Experiment not found" } } };
  for (const id of [foreign, "experiment_1"]) {
    expect(await send(`GET /api/pricing/experiments/${id}`, { apiKey })).toMatchObject(missing);
    expect(await send(`POST /api/pricing/experiments/${id}/complete`, { apiKey })).toMatchObject(missing);
    const body = { subject: "acme" };
    expect(await send(`POST /api/pricing/experiments/${id}/assign`, { apiKey, body })).toMatchObject(missing);
    const decided = { ...opus, experiment_id: id, subject: "acme" };
    expect(await send("POST /api/pricing/decision", { apiKey, body: decided })).toMatchObject(missing);
  }
  const cases: [string, object, string][] = [
    ["experiments", { markup_adjustment: 1 }, "name must have 1 to 100 characters"],
    ["experiments", { name: "X" }, "markup_adjustment must be a number from -100 to 100"],
    [
      "experiments",
      { name: "X", markup_adjustment: 1, test_share_pct: 101 },
      "test_share_pct must be a number from 0 to 100",
    ],
    ["decision", { ...opus, subject: "acme" }, "experiment_id and subject are needed together"],
  ];
  for (const [path, body, error] of cases)
    expect(await send(`POST /api/pricing/${path}`, { apiKey, body })).toMatchObject({
      status: 400,
      body: { success: false, error },
    });
});

test("scenario sets: kept under a name, evaluated under the policy of the day, deleted; names are taken once", async () => {
  const { apiKey } = await createOrganization();
  const body = { name: "Spring proposal", scenarios: [opus, { ...opus, complexity: "low", segment: "startup" }] };
  const made = await send("POST /api/pricing/scenario-sets", { apiKey, body });
  const { scenario_set_id } = made.body.scenario_set;
  expect(made.body.scenario_set).toMatchObject({ name: "Spring proposal", delivery_type: "task" });
  const again = await send("POST /api/pricing/scenario-sets", { apiKey, body });
  expect(again).toMatchObject({ status: 409, body: { error: { code: 409 } } });
  const path = `/api/pricing/scenario-sets/${scenario_set_id}`;
  expect((await send(`POST ${path}/evaluate`, { apiKey })).body).toMatchObject({
    scenario_count: 2,
    compliant_count: 1,
  });
  await send("PUT /api/pricing/policy", { apiKey, body: { margin_thresholds: { task: 50 } } });
  expect((await send(`POST ${path}/evaluate`, { apiKey })).body).toMatchObject({ compliant_count: 2 });
  expect((await send("GET /api/pricing/scenario-sets", { apiKey })).body.scenario_sets).toHaveLength(1);

  const stranger = await createOrganization();
  for (const [method, rest] of [
    ["GET", ""],
    ["DELETE", ""],
    ["POST", "/evaluate"],
  ])
    expect((await send(`${method} ${path}${rest}`, { apiKey: stranger.apiKey })).status).toBe(404);
  expect((await send(`DELETE ${path}`, { apiKey })).body.message).toBe("Scenario set Spring proposal deleted");
  expect((await send(`GET ${path}`, { apiKey })).status).toBe(404);
});
