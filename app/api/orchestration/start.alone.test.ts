import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { eventsIn } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import {
  configureFake,
  fakeForEach,
  judges,
  openThread,
  roundsOf,
  runOf,
  says,
  start,
  statusOf,
  toldBy,
  workOff,
} from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { GET as follow } from "../sessions/[id]/events/route.ts";

await ownDatabase();
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

/** What a follower of the session reads, until so many events have come. */
async function readFeed(apiKey: string, sessionId: string, count: number, lastEventId?: string) {
  const headers = { authorization: `Bearer ${apiKey}`, ...(lastEventId && { "last-event-id": lastEventId }) };
  const request = new Request(`http://localhost:3000/api/sessions/${sessionId}/events`, { headers });
  const response = await follow(request, { params: Promise.resolve({ id: sessionId }) });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (eventsIn(text).length < count) text += (await reader?.read())?.value ?? "";
  await reader?.cancel();
  return eventsIn(text);
}

test("X8 X9 X14 +X2 scores 5, 7, 9: three rounds, the five events in order, the same in the stored run and over SSE", async () => {
  const { apiKey, ctx } = await createOrganization();
  fake.script(...roundsOf(5, 7, 9));
  const begun = await start(apiKey);
  expect(await statusOf(apiKey, begun.id)).toMatchObject({
    status: "queued",
    iterations: 0,
    results: [],
    total_cost: 0,
  });

  expect(await workOff()).toEqual({ completed: 1, failed: 0 });

  const done = await statusOf(apiKey, begun.id);
  expect(done).toMatchObject({
    status: "completed",
    iterations: 3,
    stop_reason: "threshold",
    final_response: "answer 3",
    final_score: 9,
    error: null,
    completed_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
  });
  expect(
    done.results.map((result: Record<string, unknown>) => [result.iteration, result.score, result.feedback]),
  ).toEqual([
    [1, 5, "feedback 1"],
    [2, 7, "feedback 2"],
    [3, 9, "feedback 3"],
  ]);
  expect(done.results[0]).toMatchObject({
    model_name: "gpt4",
    evaluator_model: "codex",
    tokens_used: 18,
    cost: 0.00054,
  });
  expect(done.results[1]).toMatchObject({ model_name: "codex", evaluator_model: "gpt4", cost: 0.000036 });
  expect(done.results[0].reasoning).toContain("general");
  // Each round is an answer and its judgement, by one model each.
  expect(done.total_cost).toBeCloseTo(3 * (0.00054 + 0.000036), 9);

  expect(fake.received[1]?.text, "the rubric of the domain").toContain("it says so where something is not known");

  const events = await toldBy(ctx, await runOf(begun.id));
  const round = ["model_selected", "response_generated", "evaluation_completed"];
  expect(events.map(({ type }) => type)).toEqual([
    "orchestration_started",
    ...round,
    ...round,
    ...round,
    "orchestration_completed",
  ]);
  const followed = await readFeed(apiKey, begun.sessionId, 11);
  expect(followed.map(({ event }) => event)).toEqual(events.map(({ type }) => type));
  for (const [index, { id, data }] of followed.entries()) {
    const { position: _, ...told } = events[index]?.data ?? {};
    expect(id).toBe(String(index + 1));
    expect(data).toEqual({
      type: events[index]?.type,
      timestamp: `${events[index]?.createdAt.slice(0, -1)}000`,
      thread_id: begun.threadId,
      orchestration_id: begun.id,
      ...told,
    });
  }
  expect(followed.at(-1)?.data).toMatchObject({ final_response: "answer 3", iterations: 3, final_score: 9 });
  expect((await readFeed(apiKey, begun.sessionId, 2, "9")).map(({ id }) => id)).toEqual(["10", "11"]);
});

test("X8 a threshold of 7 stops after two rounds; feedback goes into the next prompt", async () => {
  const { apiKey } = await createOrganization();
  fake.script(...roundsOf(5, 7, 9));
  const { id, threadId } = await start(apiKey, { start: { settings: { evaluation_threshold: 7 } } });
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ iterations: 2, stop_reason: "threshold", final_score: 7 });
  expect(fake.received).toHaveLength(4);
  expect(fake.received[2]?.text).toContain("feedback 1");
  const thread = await send(`GET /api/threads/${threadId}`, { apiKey });
  expect(thread.body).toMatchObject({
    status: "completed",
    best_response: "answer 2",
    best_score: 7,
    orchestrations: [id],
  });
});

test("X8 the best answer is the result when the rounds are used up", async () => {
  const { apiKey } = await createOrganization();
  fake.script(...roundsOf(5, 7, 6));
  const { id } = await start(apiKey, { start: { settings: { max_iterations: 3 } } });
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({
    iterations: 3,
    stop_reason: "max_iterations",
    final_response: "answer 2",
    final_score: 7,
  });
});

test("X8 a cost limit smaller than one call ends after one round; the next orchestration is not begun", async () => {
  const { apiKey } = await createOrganization();
  fake.script(...roundsOf(5, 7, 9));
  const session = { settings: { cost_limit: 0.0001 } };
  const { id, threadId, sessionId } = await start(apiKey, { session });
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", iterations: 1, stop_reason: "cost_limit" });
  const again = await send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId } });
  await workOff();
  expect(await statusOf(apiKey, again.body._id)).toMatchObject({
    status: "failed",
    iterations: 0,
    stop_reason: "cost_limit",
    total_cost: 0,
  });
  expect(fake.received).toHaveLength(2);
  const { body } = await send(`GET /api/sessions/${sessionId}`, { apiKey });
  expect(body.total_cost).toBeCloseTo(0.000576, 9);
});

test("X8 orchestrations that run at the same time pass their session's limit by one round at most", async () => {
  const { apiKey } = await createOrganization();
  const { threadId, sessionId } = await openThread(apiKey, { session: { settings: { cost_limit: 0.001 } } });
  const body = { thread_id: threadId, settings: { evaluation_threshold: 10, max_iterations: 3 } };
  for (let index = 0; index < 6; index++) await send("POST /api/orchestration/start", { apiKey, body });
  await workOff();
  const { body: session } = await send(`GET /api/sessions/${sessionId}`, { apiKey });
  // A round without a usable judgement: one answer and two tries to judge it, at most 0.00112.
  expect(session.total_cost).toBeGreaterThanOrEqual(0.001);
  expect(session.total_cost).toBeLessThan(0.001 + 0.00112);
});

test("X8 an evaluator's nonsense is asked for once more and counts as no score, never as a guess", async () => {
  const { apiKey } = await createOrganization();
  fake.script(says("one"), says("great!"), says("still great!"), says("two"), judges(9));
  const { id } = await start(apiKey, { start: { settings: { max_iterations: 3 } } });
  await workOff();
  const done = await statusOf(apiKey, id);
  expect(done.results[0]).toMatchObject({
    iteration: 1,
    score: 0,
    unscored: true,
    feedback: "",
    evaluator_model: "codex",
  });
  expect(done.results[1].unscored).toBeUndefined();
  expect(done).toMatchObject({ iterations: 2, final_response: "two", final_score: 9 });
  expect(fake.received).toHaveLength(5);
});

test("X8 a provider's failure tries the next candidate; with none left it fails with its reason", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const down = { type: "status", status: 400, body: { error: { message: "too long" } } } as const;
  fake.script(down, says("from the second"), judges(9));
  const { id } = await start(apiKey);
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "completed", final_response: "from the second" });

  fake.script(down, down);
  const failing = await start(apiKey);
  await workOff();
  expect(await statusOf(apiKey, failing.id)).toMatchObject({
    status: "failed",
    stop_reason: "error",
    final_response: null,
    error: expect.stringContaining("too long"),
  });
  const [last] = (await readFeed(apiKey, failing.sessionId, 4)).slice(-1);
  expect(last).toMatchObject({ event: "orchestration_failed", data: { thread_id: failing.threadId } });
  const usage = await system.all(sql`
    select description from usage_events where organization_id = ${organizationId} and type = 'invocation'`);
  expect(usage).toEqual([{ description: "Orchestration with codex" }]);
});

test("X8 a provider that takes no more calls, or gives no answer in time, is a failure as well", async () => {
  configureFake(fake, { MODEL_TIMEOUT_SECONDS: "1" });
  const { apiKey } = await createOrganization();
  const busy = { type: "status", status: 429, body: { error: { message: "slow down" } } } as const;
  fake.script({ type: "silence" }, busy, busy, busy, busy);
  const { id } = await start(apiKey);
  await workOff();
  expect(await statusOf(apiKey, id)).toMatchObject({ status: "failed", stop_reason: "error", iterations: 0 });
});

test("X8 without any provider the simulator answers, and says so", async () => {
  configureProviders();
  const { apiKey } = await createOrganization();
  const { id } = await start(apiKey, { start: { settings: { max_iterations: 1 } } });
  await workOff();
  const done = await statusOf(apiKey, id);
  expect(done).toMatchObject({ status: "completed", simulated: true, iterations: 1 });
  expect(done.total_cost).toBeGreaterThan(0);
});

test("X8 two candidates a round are generated and judged side by side; the better one is the round's result", async () => {
  const { apiKey, ctx } = await createOrganization();
  // Whichever of the calls comes first: each answer reads as a judgement too.
  fake.script(...[9, 9, 9, 9].map((score) => judges(score)));
  const begun = await start(apiKey, { start: { settings: { candidates: 2, max_iterations: 1 } } });

  await workOff();

  const done = await statusOf(apiKey, begun.id);
  expect(done).toMatchObject({ status: "completed", iterations: 1, final_score: 9, settings: { candidates: 2 } });
  expect(done.results).toHaveLength(1);
  const told = await toldBy(ctx, await runOf(begun.id));
  const answered = told.filter(({ type }) => type === "response_generated");
  expect(new Set(answered.map(({ data }) => data.model_name)).size).toBe(2);
  expect(told.filter(({ type }) => type === "evaluation_completed")).toHaveLength(2);
  expect(fake.received).toHaveLength(4);
});

test("X8 candidates is 1 to 5", async () => {
  const { apiKey } = await createOrganization();
  const { threadId } = await openThread(apiKey);
  for (const candidates of [0, 6, 1.5, "2"]) {
    const body = { thread_id: threadId, settings: { candidates } };
    const { status, body: answer } = await send("POST /api/orchestration/start", { apiKey, body });
    expect(status).toBe(422);
    expect(answer.errors[0].field).toBe("settings.candidates");
  }
});
