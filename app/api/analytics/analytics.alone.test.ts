import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { listModelScores } from "#lib/orchestration/models";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import {
  configureFake,
  fakeForEach,
  judges,
  roundsOf,
  says,
  start,
  statusOf,
  workOff,
} from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

test("X12 X13 sums of a session and of its user, and they add up with the steps themselves", async () => {
  const { apiKey, organizationId, ctx } = await createOrganization();
  fake.script(...roundsOf(5, 7, 9));
  const { sessionId, threadId } = await start(apiKey, { session: { user_id: "ada" }, thread: { domain: "Coding" } });
  await workOff();
  const down = { type: "status", status: 400, body: { error: { message: "no" } } } as const;
  fake.script(down, down);
  await send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId } });
  await workOff();

  const { status, body } = await send(`GET /api/analytics/session/${sessionId}`, { apiKey });

  expect(status).toBe(200);
  expect(body).toEqual({
    session_id: sessionId,
    user_id: "ada",
    status: "active",
    thread_count: 1,
    orchestration_count: 2,
    completed_count: 1,
    failed_count: 1,
    total_iterations: 3,
    average_score: 7,
    best_score: 9,
    total_tokens: 108,
    total_cost: 0.001728,
    duration_seconds: expect.any(Number),
    models_used: [
      { model_name: "gpt4", calls: 4, tokens_used: 54, cost: 0.00162, average_score: 7 },
      { model_name: "codex", calls: 4, tokens_used: 54, cost: 0.000108, average_score: 7 },
    ],
    generated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/),
  });
  const steps = await system.one<object>(sql`
    select sum(input_tokens + output_tokens)::bigint as tokens, sum(listed_micros)::bigint as micros
    from run_steps where organization_id = ${organizationId}`);
  expect(steps).toEqual({ tokens: body.total_tokens, micros: body.total_cost * 1e6 });

  const user = await send("GET /api/analytics/user/ada", { apiKey });
  const { session_id: _, duration_seconds: __, status: ___, generated_at: ____, ...same } = body;
  expect(user.body).toMatchObject({ ...same, session_count: 1, active_sessions: 1 });
  const other = await createOrganization();
  expect((await send("GET /api/analytics/user/ada", { apiKey: other.apiKey })).body).toMatchObject({
    user_id: "ada",
    session_count: 0,
    orchestration_count: 0,
    average_score: null,
    models_used: [],
  });
  expect(await listModelScores(ctx)).toMatchObject([
    { model: "codex", domain: "coding", calls: 2, scored: 2, average: 7 },
    { model: "gpt4", domain: "coding", calls: 1, scored: 1, average: 7 },
  ]);
});

test("X10 the catalogue, with what the document fixes", async () => {
  const { apiKey } = await createOrganization();
  const { status, body } = await send("GET /api/models/", { apiKey });
  expect(status).toBe(200);
  expect(body.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(["gpt4", "claude", "k2p5", "sonnet", "opus", "minimax-m2.5", "codex"]),
  );
  expect(body.find(({ name }: { name: string }) => name === "gpt4")).toMatchObject({
    _id: expect.stringMatching(/^[0-9a-f]{24}$/),
    provider: "openai",
    version: "gpt-4-0125-preview",
    specialties: ["coding", "analysis", "general"],
    cost_per_1k_tokens: 0.03,
    context_window: 128_000,
    status: "active",
  });
  configureFake(fake, { BATON_SIMULATOR: "off" });
  const strict = await send("GET /api/models", { apiKey });
  expect(strict.body.find(({ name }: { name: string }) => name === "claude")).toMatchObject({ status: "inactive" });
});

test("X11 a model by name and alias, with what it did for this organization; unknown ones are 404 by name", async () => {
  const { apiKey } = await createOrganization();
  fake.script(says("one"), judges(6), says("two"), judges(9));
  await start(apiKey);
  await workOff();
  for (const name of ["gpt4", "gpt-4"]) {
    const { status, body } = await send(`GET /api/models/${name}`, { apiKey });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: "gpt4",
      stats: { total_calls: 2, total_tokens: 36, average_score: 6, total_cost: 0.00108 },
    });
  }
  const other = await createOrganization();
  expect((await send("GET /api/models/gpt4", { apiKey: other.apiKey })).body.stats).toEqual({
    total_calls: 0,
    total_tokens: 0,
    average_score: null,
    total_cost: 0,
  });
  expect(await send("GET /api/models/gpt9", { apiKey })).toMatchObject({
    status: 404,
    body: { detail: "Model 'gpt9' not found", status_code: 404 },
  });
});

test("X8 five judged answers of a domain make the better model first, whatever it costs", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const thread = { domain: "coding" };
  const begin = async () => {
    fake.script(says("answer"), judges(9));
    const { id } = await start(apiKey, { thread });
    await workOff();
    return (await statusOf(apiKey, id)).results[0];
  };
  expect(await begin()).toMatchObject({ model_name: "codex" });
  await system.run(sql`delete from model_scores where organization_id = ${organizationId}`);
  const measured = (model: string, scored: number, average: number) =>
    system.run(sql`
      insert into model_scores (organization_id, model, domain, calls, scored, score_sum)
      values (${organizationId}, ${model}, 'coding', ${scored}, ${scored}, ${scored * average})`);
  await measured("codex", 5, 6);
  await measured("gpt4", 4, 9);
  expect(await begin(), "four are too few").toMatchObject({ model_name: "codex" });
  await system.run(sql`
    update model_scores set scored = 5, score_sum = 45 where organization_id = ${organizationId} and model = 'gpt4'`);
  const chosen = await begin();
  expect(chosen).toMatchObject({ model_name: "gpt4" });
  expect(chosen.reasoning).toContain("scored 9.0 on average");
});
