import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { recoverRuns } from "#lib/runs/worker";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import { fakeForEach, judges, openThread, roundsOf, runOf, says, statusOf, workOff } from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";
import { attemptsOf, cappedAt, expectRealised, quoteOf } from "#lib/testing/quoted-work";

const environment = await ownDatabase();
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

const begin = (apiKey: string, threadId: string, body: object) =>
  send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId, ...body } });

/** Starts an orchestration under a quote in a thread of its own; answers its id and its run's. */
async function startUnder(apiKey: string, quote_id: string, settings: object = {}) {
  const { threadId, sessionId } = await openThread(apiKey);
  const { status, body } = await begin(apiKey, threadId, { quote_id, settings });
  expect([status, body.quote_id]).toEqual([201, quote_id]);
  return { id: body._id as string, runId: await runOf(body._id), threadId, sessionId };
}

const eventsOf = async (runId: string, type: string) =>
  system.all<{ data: Record<string, unknown> }>(sql`
    select data from run_events where run_id = ${runId} and type = ${type} order by sequence`);

test("an orchestration under a quote: each call is cut at what is left, and the cost of all becomes the quote's", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quote_id = await quoteOf(apiKey, 20_000, 4_000);
  fake.script(...roundsOf(5, 9));
  const { id, runId } = await startUnder(apiKey, quote_id);

  await workOff();

  const done = await statusOf(apiKey, id);
  expect(done).toMatchObject({ status: "completed", stop_reason: "threshold", quote_id, final_response: "answer 2" });
  expect(done.quote_limit_reached).toBeUndefined();
  // Each call takes 7 of them; 512 are kept for the judgement of an answer.
  expect(cappedAt(fake)).toEqual([4_000 - 512, 3_993, 3_986 - 512, 3_979]);
  await expectRealised(organizationId, runId, { inputTokens: 44, outputTokens: 28 });
  const { body } = await send("GET /api/pricing/realised-margin", { apiKey });
  expect(body.by_model_and_segment).toMatchObject([{ model: "k2p5", segment: "smb", quotes: 1, attempts: 1 }]);
});

test("the rounds stop where the quoted tokens end: the best answer is kept and the reason can be seen", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quote_id = await quoteOf(apiKey, 20_000, 50);
  fake.script(...roundsOf(5, 3, 9));
  const { id, runId, sessionId } = await startUnder(apiKey, quote_id);

  await workOff();

  const done = await statusOf(apiKey, id);
  expect(done).toMatchObject({
    status: "completed",
    iterations: 2,
    final_response: "answer 1",
    final_score: 5,
    stop_reason: "cost_limit",
    quote_limit_reached: true,
  });
  expect(fake.received).toHaveLength(4);
  expect(await eventsOf(runId, "quote_used_up")).toMatchObject([{ data: { output_tokens_left: 22 } }]);
  const { told } = await system.one<{ told: number }>(sql`
    select count(*) as told from orchestration_events f join run_events e on e.run_id = f.run_id and e.sequence = f.run_sequence
    where f.session_id = ${sessionId} and e.type in ('quote_used_up', 'model_selected')`);
  expect(told, "two rounds and the reason, and no model was chosen for a third").toBe(3);
  await expectRealised(organizationId, runId, { inputTokens: 44, outputTokens: 28 });
});

test("candidates of one round share the quoted tokens, whichever of them is asked first", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quote_id = await quoteOf(apiKey, 20_000, 2_000);
  fake.script(...[9, 9, 9, 9].map((score) => judges(score)));
  const { id, runId } = await startUnder(apiKey, quote_id, { candidates: 2, max_iterations: 1 });
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", final_score: 9 });
  expect(cappedAt(fake).toSorted((one, other) => one - other)).toEqual([750, 750, 993, 993]);
  await expectRealised(organizationId, runId, { inputTokens: 44, outputTokens: 28 });
});

test("a run whose first answer is not covered fails with its reason, and gives the quote free", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quote_id = await quoteOf(apiKey, 20_000, 4_000);
  const { id, runId } = await startUnder(apiKey, quote_id);
  // As after an upgrade of the instance whose own instructions take more than the ones that were counted.
  await system.run(sql`update pricing_quotes set input_tokens = 9 where organization_id = ${organizationId}`);
  await workOff();
  const failed = await statusOf(apiKey, id);
  expect(failed).toMatchObject({
    status: "failed",
    stop_reason: "cost_limit",
    quote_limit_reached: true,
    iterations: 0,
  });
  expect(failed.error).toContain("The quoted tokens are used up");
  expect(fake.received).toEqual([]);
  await expectRealised(organizationId, runId, { inputTokens: 0, outputTokens: 0, holdsQuote: false });
});

test("a failed orchestration's cost goes to the quote, and a second one has the rest of the tokens", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quote_id = await quoteOf(apiKey, 20_000, 4_000);
  const down = { type: "status", status: 400, body: { error: { message: "no" } } } as const;
  fake.script(...roundsOf(5), down, down);
  const first = await startUnder(apiKey, quote_id);
  await workOff();
  expect(await statusOf(apiKey, first.id)).toMatchObject({ status: "failed", stop_reason: "error" });
  await expectRealised(organizationId, first.runId, { inputTokens: 22, outputTokens: 14, holdsQuote: false });
  fake.received.length = 0;

  fake.script(...roundsOf(9));
  const second = await startUnder(apiKey, quote_id);
  await workOff();
  expect(cappedAt(fake)[0]).toBe(4_000 - 14 - 512);
  await expectRealised(organizationId, second.runId, { inputTokens: 22, outputTokens: 14 });
  const { body } = await send("GET /api/pricing/realised-margin", { apiKey });
  expect(body.total).toMatchObject({ quotes: 1, attempts: 2 });
});

test("cancelling an orchestration, or its whole session, realises what it cost until then", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const quotes = [await quoteOf(apiKey, 20_000, 4_000), await quoteOf(apiKey, 20_000, 4_000)];
  const [one, other] = [await startUnder(apiKey, quotes[0] ?? ""), await startUnder(apiKey, quotes[1] ?? "")];
  await send(`POST /api/orchestration/cancel/${one.id}`, { apiKey });
  await send(`PATCH /api/sessions/${other.sessionId}/status`, { apiKey, body: { status: "cancelled" } });
  for (const { runId } of [one, other])
    await expectRealised(organizationId, runId, { inputTokens: 0, outputTokens: 0, holdsQuote: false });
  expect((await startUnder(apiKey, quotes[0] ?? "")).id).toEqual(expect.any(String));
});

test("quotes that are unknown, another organization's, taken, too small or used up start nothing", async () => {
  const [stranger, { apiKey, organizationId }] = [await createOrganization(), await createOrganization()];
  const taken = await quoteOf(apiKey, 20_000, 4_000);
  await startUnder(apiKey, taken);
  const { threadId } = await openThread(apiKey);
  const cases: [string, number, string][] = [
    [await quoteOf(stranger.apiKey, 20_000, 4_000), 404, "Quote not found"],
    ["nonsense", 404, "Quote not found"],
    [taken, 409, "quote_id is taken by another run"],
    [await quoteOf(apiKey, 0, 0), 409, "quote_id are used up"],
    [await quoteOf(apiKey, 5, 4_000), 422, "quote_id allows 5"],
    [await quoteOf(apiKey, 20_000, 31), 422, "quote_id allows 31"],
  ];
  for (const [quote_id, status, words] of cases) {
    const answer = await begin(apiKey, threadId, { quote_id });
    expect([answer.status, answer.body.status_code], quote_id).toEqual([status, status]);
    expect(answer.body.detail).toContain(words);
    if (status === 422) expect(answer.body.errors).toMatchObject([{ field: "quote_id" }]);
  }
  const typed = await begin(apiKey, threadId, { quote_id: 7 });
  expect([typed.status, typed.body.errors[0].field]).toEqual([422, "quote_id"]);
  expect(await attemptsOf(organizationId)).toHaveLength(1);
  const { runs } = await system.one<{ runs: number }>(
    sql`select count(*) as runs from runs where organization_id = ${organizationId}`,
  );
  expect(runs, "only the one that has the quote").toBe(1);
  expect((await send(`GET /api/threads/${threadId}`, { apiKey })).body.status).toBe("open");
});

test("a worker killed in the second round: the next one keeps the ceiling, and every call is counted once", async () => {
  const { apiKey, organizationId } = await createOrganization();
  // What other tests left waiting is not for the worker that is killed.
  await workOff();
  fake.received.length = 0;
  const quote_id = await quoteOf(apiKey, 20_000, 4_000);
  fake.script(...roundsOf(5), { type: "silence" });
  const { id, runId } = await startUnder(apiKey, quote_id);
  const variables = { OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url };
  const child = fork(join(import.meta.dirname, "../../../lib/testing/run-process.ts"), [], {
    env: { PATH: "/usr/bin:/bin", NODE_ENV: "test", ...environment, ...variables },
    execArgv: [],
  });
  const ended = once(child, "exit");
  await vi.waitFor(() => expect(fake.received).toHaveLength(3), { timeout: 20_000 });
  child.kill("SIGKILL");
  await ended;
  await system.run(sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${runId}`);
  expect(await recoverRuns()).toBe(1);

  fake.script(says("answer 2"), judges(9));
  await workOff();

  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", iterations: 2, final_response: "answer 2" });
  expect(cappedAt(fake)).toEqual([3_488, 3_993, 3_474, 3_474, 3_979]);
  await expectRealised(organizationId, runId, { inputTokens: 44, outputTokens: 28 });
}, 60_000);

test("interval quotes are made of these runs too, and work of an unknown price is in no margin", async () => {
  const { apiKey, organizationId } = await createOrganization();
  for (let index = 0; index < 10; index++) {
    fake.script(...roundsOf(9));
    await startUnder(apiKey, await quoteOf(apiKey, 20_000, 4_000), { max_iterations: 1 });
    await workOff();
  }
  await system.run(sql`update runs set model = 'k2p5' where organization_id = ${organizationId}`);
  const body = { model: "k2p5", complexity: "low", task_type: "orchestration" };
  const interval = await send("POST /api/pricing/interval-quote", { apiKey, body });
  expect(interval.body).toMatchObject({
    sample_count: 10,
    p50: { quote: { estimated_input_tokens: 22, estimated_output_tokens: 14 } },
  });

  const quote_id = await quoteOf(apiKey, 20_000, 4_000);
  const { runId } = await startUnder(apiKey, quote_id, { max_iterations: 1 });
  await system.run(sql`
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, simulated, input_tokens,
      output_tokens, cost_micros, latency_ms)
    values (gen_random_uuid(), ${organizationId}, ${runId}, 500, 'generate', 'completed', 'own', 'own', false, 9, 9, null, 1)`);
  fake.script(...roundsOf(9));
  await workOff();
  expect((await attemptsOf(organizationId)).at(-1)).toMatchObject({ runId, costMicros: null, holdsQuote: true });
  expect((await send("GET /api/pricing/realised-margin", { apiKey })).body.total.quotes).toBe(10);
}, 60_000);
