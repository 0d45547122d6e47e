import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system, tenant, transaction } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { attachQuote, findCeiling, findQuoteId, realiseQuote, realiseRun } from "#lib/pricing/realised/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { addRun } from "#lib/testing/pricing";

type Made = Awaited<ReturnType<typeof createOrganization>>;
const opus = { model: "opus", estimated_input: 20_000, estimated_output: 10_000, complexity: "medium" };

async function quote({ apiKey }: Made, body: object = opus): Promise<string> {
  return (await send("POST /api/pricing/quote", { apiKey, body })).body.quote_id;
}
const attach = ({ ctx }: Made, quoteId: string, runId: string) =>
  transaction(ctx, (tx) => attachQuote(tx, ctx, quoteId, runId));
const realise = ({ ctx }: Made, runId: string, micros: number, inputTokens = 0, outputTokens = 0) =>
  transaction(ctx, (tx) => realiseQuote(tx, ctx, runId, micros, { inputTokens, outputTokens }));
const end = (runId: string, status: string) => system.run(sql`update runs set status = ${status} where id = ${runId}`);

test("realised margin: the run's ceiling is the quote's tokens, its cost becomes the quote's, once", async () => {
  const made = await createOrganization();
  const runId = await addRun(made.organizationId, { status: "running" });
  const quoteId = await quote(made);
  expect(await attach(made, quoteId, runId)).toEqual({ inputTokens: 20_000, outputTokens: 10_000 });
  await end(runId, "completed");
  expect(await realise(made, runId, 1_260_000, 20_000, 9_000)).toBe(true);
  expect(await realise(made, runId, 9)).toBe(false);
  const report = await send("GET /api/pricing/realised-margin", { apiKey: made.apiKey });
  const margins = {
    quotes: 1,
    attempts: 1,
    revenue: 4.2,
    quoted_cost: 1.05,
    actual_cost: 1.26,
    quoted_margin_pct: 75,
    realised_margin_pct: 70,
  };
  expect(report.body).toEqual({
    success: true,
    days: 30,
    total: margins,
    by_model_and_segment: [{ model: "opus", segment: "mid_market", ...margins }],
  });
});

test("realised margin: one run at a time; a failed one gives the quote free, with its cost and less tokens", async () => {
  const made = await createOrganization();
  const quoteId = await quote(made);
  const runs = await Promise.all(Array.from({ length: 5 }, () => addRun(made.organizationId, { status: "running" })));
  const outcomes = await Promise.allSettled(runs.map((runId) => attach(made, quoteId, runId)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const holder = runs[outcomes.findIndex(({ status }) => status === "fulfilled")] ?? "";
  await end(holder, "failed");
  await realise(made, holder, 500_000, 8_000, 2_000);
  const second = await addRun(made.organizationId, { status: "running" });
  expect(await attach(made, quoteId, second)).toEqual({ inputTokens: 12_000, outputTokens: 8_000 });
  await end(second, "completed");
  await realise(made, second, 550_000, 12_000, 8_000);
  const { body } = await send("GET /api/pricing/realised-margin?days=1", { apiKey: made.apiKey });
  expect(body.total).toMatchObject({ quotes: 1, attempts: 2, actual_cost: 1.05, realised_margin_pct: 75 });
  const third = await addRun(made.organizationId, { status: "running" });
  await expect(attach(made, quoteId, third)).rejects.toMatchObject({ code: "conflict" });
});

test("realised margin: unknown quotes, other organizations' quotes and runs, and costs that are none are refused", async () => {
  const made = await createOrganization();
  const stranger = await createOrganization();
  const runId = await addRun(made.organizationId, { status: "running" });
  const foreignRun = await addRun(stranger.organizationId, { status: "running" });
  const [own, foreign] = [await quote(made), await quote(stranger)];
  for (const id of [foreign, "quote_1"])
    await expect(attach(made, id, runId)).rejects.toMatchObject({ code: "not_found", message: "Quote not found" });
  await expect(attach(made, own, foreignRun)).rejects.toMatchObject({ code: "conflict" });
  await attach(made, own, runId);
  for (const micros of [-1, 0.5, Number.NaN])
    await expect(realise(made, runId, micros)).rejects.toMatchObject({ code: "validation" });
  expect(await realise(stranger, runId, 5)).toBe(false);
  expect((await send("GET /api/pricing/realised-margin", { apiKey: made.apiKey })).body.total.quotes).toBe(0);
});

test("realised margin: whatever the steps of a run are, their sum is the quote's cost; an unknown price leaves it unknown", async () => {
  const made = await createOrganization();
  const { ctx, organizationId } = made;
  const step = fc.record({
    inputTokens: fc.integer({ min: 0, max: 1_000_000 }),
    outputTokens: fc.integer({ min: 0, max: 1_000_000 }),
    costMicros: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 10 ** 9 }) }, fc.constant(null)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const [quoteId, runId] = [await quote(made), await addRun(organizationId, { status: "running" })];
      await attach(made, quoteId, runId);
      for (const [index, one] of steps.entries())
        await system.run(sql`
          insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, simulated, input_tokens,
            output_tokens, cost_micros, latency_ms)
          values (${uuidv7()}, ${organizationId}, ${runId}, ${index + 1}, 'generate', 'completed', 'opus', 'anthropic', false,
            ${one.inputTokens}, ${one.outputTokens}, ${one.costMicros}::bigint, 1)`);
      await end(runId, "completed");
      expect(await transaction(ctx, (tx) => realiseRun(tx, ctx, runId))).toBe(true);
      expect(await transaction(ctx, (tx) => realiseRun(tx, ctx, runId)), "once").toBe(false);
      const sum = (field: "inputTokens" | "outputTokens") => steps.reduce((total, one) => total + one[field], 0);
      const cost = steps.some(({ costMicros }) => costMicros === null)
        ? null
        : steps.reduce((total, { costMicros }) => total + (costMicros ?? 0), 0);
      const stored = await system.one(sql`
        select cost_micros, input_tokens, output_tokens from pricing_quote_runs where run_id = ${runId}`);
      expect(stored).toEqual({ costMicros: cost, inputTokens: sum("inputTokens"), outputTokens: sum("outputTokens") });
    }),
    { numRuns: 25 },
  );
});

test("a run's own ceiling is that of its quote less what other attempts used; strangers see neither it nor the quote", async () => {
  const [made, stranger] = [await createOrganization(), await createOrganization()];
  const quoteId = await quote(made);
  const [first, second] = [
    await addRun(made.organizationId, { status: "running" }),
    await addRun(made.organizationId, { status: "running" }),
  ];
  await attach(made, quoteId, first);
  await end(first, "failed");
  await realise(made, first, 5, 8_000, 2_000);
  await attach(made, quoteId, second);
  expect(await findCeiling(tenant(made.ctx), made.ctx, second)).toEqual({ inputTokens: 12_000, outputTokens: 8_000 });
  expect(await findQuoteId(made.ctx, second)).toBe(quoteId);
  expect(await findCeiling(tenant(stranger.ctx), stranger.ctx, second)).toBeUndefined();
  expect(await findQuoteId(stranger.ctx, second)).toBeNull();
});

test("interval quotes: p50 and p90 of the organization's own completed runs of the model and task type", async () => {
  const made = await createOrganization();
  const { organizationId, apiKey } = made;
  for (let tenth = 1; tenth <= 10; tenth++)
    await addRun(organizationId, { model: "sonnet", inputTokens: tenth * 100_000, outputTokens: tenth * 10_000 });
  await addRun(organizationId, { model: "sonnet", inputTokens: 90_000_000, status: "failed" });
  await addRun(organizationId, { model: "sonnet", inputTokens: 90_000_000, input: { task_type: "coding" } });
  await addRun(organizationId, { model: "opus", inputTokens: 90_000_000 });
  const body = { model: "sonnet", complexity: "medium" };
  const found = await send("POST /api/pricing/interval-quote", { apiKey, body });
  expect(found.body).toMatchObject({
    success: true,
    task_type: "agent",
    sample_count: 10,
    status: "complete",
    p50: { quote: { estimated_input_tokens: 500_000, estimated_output_tokens: 50_000, recommended_price: 9 } },
    p90: { quote: { estimated_input_tokens: 900_000, estimated_output_tokens: 90_000, recommended_price: 16.2 } },
  });
  const few = await send("POST /api/pricing/interval-quote", { apiKey, body: { ...body, task_type: "coding" } });
  expect(few.body).toMatchObject({ sample_count: 1, status: "insufficient_data", p50: null, p90: null });
  const stranger = await createOrganization();
  const none = await send("POST /api/pricing/interval-quote", { apiKey: stranger.apiKey, body });
  expect(none.body.sample_count).toBe(0);
});
