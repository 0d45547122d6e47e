import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { drainQueue } from "#lib/queue/drain";
import { cancelRun } from "#lib/runs/cancel";
import { failInterruptedRuns } from "#lib/runs/service";
import { invocationQueue } from "#lib/runtime/invocations/job";
import { settleInterrupted } from "#lib/runtime/invocations/service";
import { send } from "#lib/testing/client";
import { deployed, eventsIn, simpleManifest } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { startFakeRuntime } from "#lib/testing/fake-runtime";
import { judges, says } from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { attemptsOf, cappedAt, expectRealised, quoteOf } from "#lib/testing/quoted-work";

await ownDatabase();

let provider: FakeOpenAI;
let runtime: Awaited<ReturnType<typeof startFakeRuntime>>;
beforeAll(async () => {
  runtime = await startFakeRuntime();
  provideEnvironment(runtime.environment);
});
beforeEach(async () => {
  provider = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: provider.url });
});
afterEach(async () => {
  configureProviders();
  await provider.close();
});
afterAll(() => runtime.close());

const agent = { ...simpleManifest, model: "gpt-4" };
const refining = { ...agent, strategy: { name: "refine", rounds: 3 } };
const down = { type: "status", status: 400, body: { error: { message: "down" } } } as const;

type Call = { quote_id?: string; input?: unknown; mode?: string };
const invoke = (apiKey: string, appId: string, body: Call, headers: Record<string, string> = {}) =>
  send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, headers, body: { input: "Ada", ...body } });
const creditsOf = async (organizationId: string) => (await getBalance(system, { organizationId })).credits;
const callOf = async (apiKey: string, appId: string, runId: string) =>
  (await send(`GET /api/agent-apps/${appId}/invocations/${runId}`, { apiKey })).body.invocation;

async function runsOf(organizationId: string): Promise<number> {
  return (
    await system.one<{ runs: number }>(sql`
    select count(*) as runs from runs where organization_id = ${organizationId} and kind = 'invocation'`)
  ).runs;
}

test("an invocation under a quote is cut at its tokens, and its cost becomes the quote's", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  const quote_id = await quoteOf(apiKey, 1_000, 300);
  provider.script(says("Hello Ada."));

  const { status, body } = await invoke(apiKey, appId, { quote_id });

  expect([status, body.output, body.quote_limit_reached]).toEqual([200, "Hello Ada.", undefined]);
  expect(cappedAt(provider)).toEqual([300]);
  expect(await callOf(apiKey, appId, body.run_id)).toMatchObject({ status: "completed", quote_id });
  await expectRealised(organizationId, body.run_id, { inputTokens: 11, outputTokens: 7 });
  const report = await send("GET /api/pricing/realised-margin", { apiKey });
  expect(report.body.by_model_and_segment).toMatchObject([
    { model: "k2p5", segment: "smb", quotes: 1, attempts: 1, revenue: 0.5 },
  ]);
  expect(report.body.total.actual_cost).toBeGreaterThan(0);
  expect(await creditsOf(organizationId)).toBe(14);

  const again = await invoke(apiKey, appId, { quote_id });
  expect([again.status, again.body.code]).toEqual([409, "QUOTE_TAKEN"]);
  expect(again.body.details.quote_id).toContain("taken by another run");
  expect([await creditsOf(organizationId), await runsOf(organizationId)]).toEqual([14, 1]);
});

test("quotes that are unknown, another organization's, too small or used up are refused; nothing is charged or made", async () => {
  const [stranger, { apiKey, organizationId }] = [await createOrganization(), await createOrganization()];
  const appId = await deployed(apiKey, agent);
  const before = await creditsOf(organizationId);
  const [foreign, small, silent, empty] = [
    await quoteOf(stranger.apiKey, 1_000, 300),
    await quoteOf(apiKey, 3, 300),
    await quoteOf(apiKey, 1_000, 5),
    await quoteOf(apiKey, 0, 0),
  ];
  const cases: [string, number, string, string][] = [
    [foreign, 404, "NOT_FOUND", "Quote not found"],
    ["quote_1", 404, "NOT_FOUND", "Quote not found"],
    [small, 400, "VALIDATION_ERROR", "the quote in quote_id allows 3"],
    [silent, 400, "VALIDATION_ERROR", "at least 16 output tokens"],
    [empty, 409, "QUOTE_USED_UP", "are used up"],
  ];
  for (const mode of ["sync", "queued"])
    for (const [quote_id, status, code, words] of cases) {
      const answer = await invoke(apiKey, appId, { quote_id, mode });
      expect([answer.status, answer.body.code], quote_id).toEqual([status, code]);
      expect(answer.body.details.quote_id).toContain(words);
    }
  expect([await creditsOf(organizationId), await runsOf(organizationId)]).toEqual([before, 0]);
  expect(await attemptsOf(organizationId)).toEqual([]);
  expect(provider.received).toEqual([]);
  expect(await findFaults(60, organizationId)).toEqual([]);
});

test("many calls at the same moment: one gets the quote, the others are charged nothing", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  const quote_id = await quoteOf(apiKey, 1_000, 300);

  const answers = await Promise.all(Array.from({ length: 5 }, () => invoke(apiKey, appId, { quote_id })));

  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
  expect([await creditsOf(organizationId), await runsOf(organizationId)]).toEqual([14, 1]);
});

test("a retry with the same Idempotency-Key is the same answer, not a second use of the quote", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  const quote_id = await quoteOf(apiKey, 1_000, 300);
  const key = { "idempotency-key": "once" };
  const [first, second] = [
    await invoke(apiKey, appId, { quote_id }, key),
    await invoke(apiKey, appId, { quote_id }, key),
  ];
  expect([first.status, second.status, second.body]).toEqual([200, 200, first.body]);
  expect(await attemptsOf(organizationId)).toHaveLength(1);
});

test("rounds stop where the quoted tokens end: the best answer is kept, and says so everywhere", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, refining);
  // A round takes 14 output tokens at the fake provider: the second one is not covered any more.
  const quote_id = await quoteOf(apiKey, 5_000, 40);
  provider.script(says("One answer."), judges(3), says("A second one."), judges(4));

  const answer = await invoke(apiKey, appId, { quote_id }, { accept: "text/event-stream" });

  const told = eventsIn(answer.text);
  const result = told.at(-1)?.data;
  expect(result).toMatchObject({ output: "One answer.", quote_limit_reached: true });
  expect(told.find(({ event }) => event === "quote_used_up")?.data).toMatchObject({ output_tokens_left: 26 });
  expect(provider.received).toHaveLength(2);
  expect(await callOf(apiKey, appId, result.run_id)).toMatchObject({ quote_id, quote_limit_reached: true });
  await expectRealised(organizationId, result.run_id, { inputTokens: 22, outputTokens: 14 });
});

test("a team that the quote does not cover fails with its reason; the credits come back, its cost stays with the quote", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const team = ["Ann", "Bob", "Cleo"].map((name) => ({ name, model: "gpt-4" }));
  const appId = await deployed(apiKey, { ...simpleManifest, team });
  const before = await creditsOf(organizationId);
  const quote_id = await quoteOf(apiKey, 5_000, 25);
  provider.script(says("One."), says("Two."), says("Three."));

  const failed = await invoke(apiKey, appId, { quote_id });

  expect([failed.status, failed.body.code]).toEqual([402, "QUOTE_USED_UP"]);
  expect(failed.body.error).toContain("The quoted tokens are used up");
  expect(await creditsOf(organizationId)).toBe(before);
  const [attempt] = await attemptsOf(organizationId);
  const runId = attempt?.runId ?? "";
  await expectRealised(organizationId, runId, { inputTokens: 22, outputTokens: 14, holdsQuote: false });
  expect(await callOf(apiKey, appId, runId)).toMatchObject({
    status: "failed",
    quote_limit_reached: true,
    error: { code: "quote_used_up" },
  });
  // The next attempt has what is left of it: 11 tokens, too few for any answer.
  expect((await invoke(apiKey, appId, { quote_id })).body.details.quote_id).toContain("allows 11");
});

test("a call that fails gives the quote free with its cost; the next attempt has the rest of its tokens", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, { ...simpleManifest, strategy: "debate", model: "gpt-4" });
  const quote_id = await quoteOf(apiKey, 5_000, 300);
  provider.script(says("One."), down);
  expect((await invoke(apiKey, appId, { quote_id })).status).toBeGreaterThanOrEqual(400);
  const [failed] = await attemptsOf(organizationId);
  await expectRealised(organizationId, failed?.runId ?? "", { inputTokens: 11, outputTokens: 7, holdsQuote: false });
  provider.received.length = 0;

  const second = await invoke(apiKey, appId, { quote_id });

  expect(second.status).toBe(200);
  expect(cappedAt(provider)[0]).toBe(293);
  const { body } = await send("GET /api/pricing/realised-margin", { apiKey });
  expect(body.total).toMatchObject({ quotes: 1, attempts: 2 });
});

test("a queued call keeps the ceiling and realises; a cancelled one gives the quote back", async () => {
  const { apiKey, organizationId, ctx } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  const quote_id = await quoteOf(apiKey, 1_000, 120);
  const first = await invoke(apiKey, appId, { quote_id, mode: "queued" });
  expect(first.status).toBe(202);
  await cancelRun(ctx, first.body.run_id);
  await settleInterrupted();
  await expectRealised(organizationId, first.body.run_id, { inputTokens: 0, outputTokens: 0, holdsQuote: false });
  expect(await creditsOf(organizationId)).toBe(24);

  const second = await invoke(apiKey, appId, { quote_id, mode: "queued" });
  expect(second.status).toBe(202);
  const runId = second.body.run_id;
  await expect
    .poll(
      async () => {
        await drainQueue(invocationQueue);
        return (await callOf(apiKey, appId, runId)).status;
      },
      { timeout: 15_000 },
    )
    .toBe("completed");
  expect(cappedAt(provider)).toEqual([120]);
  await expectRealised(organizationId, runId, { inputTokens: 11, outputTokens: 7 });
});

test("a call whose process died is refunded, and what it had cost goes to the quote", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, agent);
  const quote_id = await quoteOf(apiKey, 1_000, 120);
  const { body } = await invoke(apiKey, appId, { quote_id, mode: "queued" });
  // As its worker leaves it: one answer is stored, then nobody renews its lease.
  await system.run(sql`
    with lost as (
      update runs set status = 'running', lease_expires_at = now() - interval '1 second' where id = ${body.run_id} returning id
    )
    insert into run_steps (id, organization_id, run_id, position, name, status, model, provider, simulated, input_tokens,
      output_tokens, cost_micros, latency_ms)
    select gen_random_uuid(), ${organizationId}, id, 0, 'generate', 'completed', 'gpt4', 'openai', false, 20, 10, 900, 1 from lost`);
  await failInterruptedRuns();
  await settleInterrupted();
  await expectRealised(organizationId, body.run_id, { inputTokens: 20, outputTokens: 10, holdsQuote: false });
  expect((await attemptsOf(organizationId))[0]?.costMicros).toBe(900);
  expect(await creditsOf(organizationId)).toBe(24);
});

test("versions that an external runtime carries out take no quote: their tokens have no limit and no price", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const appId = await deployed(apiKey, { name: "coder", runtime: "external" });
  const before = await creditsOf(organizationId);
  const answer = await invoke(apiKey, appId, { quote_id: await quoteOf(apiKey, 1_000, 300) });
  expect([answer.status, answer.body.code]).toEqual([400, "VALIDATION_ERROR"]);
  expect(answer.body.details.quote_id).toContain("external runtime");
  expect([await creditsOf(organizationId), await runsOf(organizationId)]).toEqual([before, 0]);
});
