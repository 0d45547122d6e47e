import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { escalating, pricingEventsOf, sendThreeWays } from "#lib/testing/pricing";

const k2p5 = { model: "k2p5", estimated_input: 1_200, estimated_output: 800, complexity: "medium" };

async function escalate(apiKey: string): Promise<string> {
  const { body } = await send("POST /api/pricing/decision", { apiKey, body: escalating });
  return body.decision_id;
}

const age = (exceptionId: string, days: number) =>
  system.run(sql`
    update pricing_exceptions set created_at = now() - make_interval(days => ${days}::int)
    where id = ${exceptionId.replace("exception_", "")}::uuid`);

test("A12 a compliant request is approved, in all three forms of body, stored and told of", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (const { status, body } of await sendThreeWays("POST /api/pricing/decision", apiKey, k2p5)) {
    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      decision: {
        decision_status: "approved",
        approver: "ops-auto",
        delivery_type: "task",
        next_step: "send_quote",
        generated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
      quote: { recommended_price: 0.5, gross_margin_pct: 99.6, margin_band: "strong" },
      guardrail_check: { is_compliant: true, action: "approve_quote" },
    });
    const stored = await send(`GET /api/pricing/decisions/${body.decision_id}`, { apiKey });
    expect(stored.body).toMatchObject({ state: "approved", quote_id: body.quote_id, quote: body.quote });
  }
  const told = await pricingEventsOf(organizationId);
  expect(told.filter(({ type }) => type === "pricing.quote_approved")).toHaveLength(3);
});

test("A12 the worked opus quote escalates as a task and is approved as a subscription", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const task = await send("POST /api/pricing/decision", { apiKey, body: { ...escalating, approver: "jo" } });
  expect(task.body).toMatchObject({
    decision: { decision_status: "escalated", approver: "jo", next_step: "route_to_deal_desk" },
    guardrail_check: { is_compliant: false, action: "escalate_deal_desk" },
  });
  const body = { ...escalating, delivery_type: "subscription" };
  const subscription = await send("POST /api/pricing/decision", { apiKey, body });
  expect(subscription.body.decision.decision_status).toBe("approved");
  const waiting = await send("GET /api/pricing/decisions?state=waiting", { apiKey });
  expect(waiting.body).toMatchObject({
    decisions: [{ decision_id: task.body.decision_id, state: "waiting", exception_id: null }],
    pagination: { total: 1, has_more: false, next_offset: null, previous_offset: null },
  });
  const told = (await pricingEventsOf(organizationId)).map(({ type }) => type);
  expect(told.filter((type) => type === "pricing.quote_escalated")).toHaveLength(1);
  const blank = await send("POST /api/pricing/decision", { apiKey, body: { ...k2p5, approver: "  " } });
  expect(blank.body).toEqual({ success: false, error: "approver must have 1 to 100 characters" });
});

test("+A2 an escalated decision becomes an exception, ages, and is closed; each step once", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const decision_id = await escalate(apiKey);
  const opened = await send("POST /api/pricing/exceptions", { apiKey, body: { decision_id, reason: "Key account" } });
  expect(opened.body).toMatchObject({
    success: true,
    exception: {
      decision_id,
      status: "open",
      reason: "Key account",
      age_days: 0,
      at_risk: false,
      recommended_price: 2.1,
      gross_margin_pct: 50,
      minimum_margin_pct: 55,
    },
  });
  const { exception_id } = opened.body.exception;
  const [created] = (await pricingEventsOf(organizationId)).filter(({ type }) => type === "pricing.exception_created");
  expect(created?.data).toMatchObject({ exception_id, decision_id, reason: "Key account", gross_margin_pct: 50 });
  expect((await send(`GET /api/pricing/decisions/${decision_id}`, { apiKey })).body).toMatchObject({
    state: "excepted",
    exception_id,
  });

  await age(exception_id, 33);
  const listed = await send("GET /api/pricing/exceptions?status=open", { apiKey });
  expect(listed.body).toMatchObject({
    success: true,
    count: 1,
    exceptions: [{ exception_id, age_days: 33, at_risk: true }],
    exception_aging: { open_exceptions: 1, oldest_days: 33, at_risk_count: 1, risk_level: "critical" },
    exception_alert: { summary: "Critical exception risk: 1 open, oldest 33d" },
  });

  const again = await send("POST /api/pricing/exceptions", { apiKey, body: { decision_id, reason: "Twice" } });
  expect(again).toMatchObject({ status: 409, body: { error: { message: "The decision is resolved already" } } });
  const closed = await send(`POST /api/pricing/exceptions/${exception_id}/close`, {
    apiKey,
    body: { note: "Renewed" },
  });
  expect(closed.body.exception).toMatchObject({ status: "closed", closing_note: "Renewed", at_risk: false });
  const twice = await send(`POST /api/pricing/exceptions/${exception_id}/close`, { apiKey });
  expect(twice).toMatchObject({
    status: 409,
    body: { error: { code: 409, message: "The exception is closed already" } },
  });
  expect((await send("GET /api/pricing/exceptions", { apiKey })).body.exception_aging.risk_level).toBe("none");
});

test("+A2 of 10 who open, decline and close at the same moment one each succeeds", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const decision_id = await escalate(apiKey);
  const resolve = (index: number) =>
    index % 2
      ? send("POST /api/pricing/exceptions", { apiKey, body: { decision_id, reason: `By ${index}` } })
      : send(`POST /api/pricing/decisions/${decision_id}/decline`, { apiKey });
  const resolved = await Promise.all(Array.from({ length: 10 }, (_, index) => resolve(index)));
  expect(resolved.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);

  const other = await escalate(apiKey);
  const { body } = await send("POST /api/pricing/exceptions", { apiKey, body: { decision_id: other, reason: "Race" } });
  const path = `/api/pricing/exceptions/${body.exception.exception_id}/close`;
  const closed = await Promise.all(Array.from({ length: 10 }, () => send(`POST ${path}`, { apiKey })));
  expect(closed.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(409)]);
  const audited = await system.all(sql`
    select 1 from audit_entries where organization_id = ${organizationId} and details ? 'closed'`);
  expect(audited).toHaveLength(1);
});

test("+A2 approved decisions, other organizations' ids and missing reasons are refused", async () => {
  const { apiKey } = await createOrganization();
  const stranger = await createOrganization();
  const approved = (await send("POST /api/pricing/decision", { apiKey, body: k2p5 })).body.decision_id;
  const foreign = await escalate(stranger.apiKey);
  const foreignException = await send("POST /api/pricing/exceptions", {
    apiKey: stranger.apiKey,
    body: { decision_id: foreign, reason: "Theirs" },
  });
  const open = (decision_id: unknown, reason: unknown = "Because") =>
    send("POST /api/pricing/exceptions", { apiKey, body: { decision_id, reason } });
  expect(await open(approved)).toMatchObject({ status: 409 });
  for (const id of [foreign, "decision_1", `decision_${"0".repeat(32)}`]) {
    expect(await open(id)).toMatchObject({ status: 404, body: { error: { message: "Decision not found" } } });
    expect((await send(`GET /api/pricing/decisions/${id}`, { apiKey })).status).toBe(404);
    expect((await send(`POST /api/pricing/decisions/${id}/decline`, { apiKey })).status).toBe(404);
  }
  for (const id of [foreignException.body.exception.exception_id, "exception_1", foreign])
    expect(await send(`POST /api/pricing/exceptions/${id}/close`, { apiKey })).toMatchObject({
      status: 404,
      body: { error: { code: 404, message: "Exception not found" } },
    });
  expect((await open(await escalate(apiKey), " ")).body.error).toBe("reason must have 1 to 1000 characters");
  expect((await open(undefined)).body.error).toBe("decision_id must be a text");
  expect(await send("GET /api/pricing/exceptions?status=old", { apiKey })).toMatchObject({
    status: 400,
    body: { error: { code: 400, message: "Invalid status. Must be one of: open, closed" } },
  });
});
