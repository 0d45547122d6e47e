import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { getRun, listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, type Received, startFakeOpenAI } from "#lib/testing/fake-openai";
import { says } from "#lib/testing/fake-provider";
import { configureProviders } from "#lib/testing/provider-environment";

const line = "POST /chat/v2/chat";
const lite = { optimization_mode: "lite", session_id: "long", use_memory: true };
let fake: FakeOpenAI;

// A model of a window nobody told us: 16,000 tokens, so that 24,000 bytes of earlier turns fit.
beforeEach(async () => {
  fake = await startFakeOpenAI();
  configureProviders({ OPENAI_COMPATIBLE_BASE_URL: fake.url, OPENAI_COMPATIBLE_MODELS: "small" });
});
afterEach(async () => {
  configureProviders();
  await fake.close();
});

type Made = Awaited<ReturnType<typeof createOrganization>>;

/** Turns of a session, as pairs of a user's message and an answer of so many characters together. */
async function addTurns({ organizationId }: Made, pairs: number, characters: number, from = 1): Promise<void> {
  await system.run(sql`
    with session as (
      insert into chat_sessions as s (id, organization_id, session_id) values (gen_random_uuid(), ${organizationId}, 'long')
      on conflict (organization_id, session_id) do update set last_active_at = now() returning id
    )
    insert into chat_turns (id, organization_id, chat_session_id, role, content)
    select gen_random_uuid(), ${organizationId}, session.id, role,
      rpad(role || ' turn ' || number || '. ', (${characters}::int / 2), '.')
    from session, generate_series(${from}::int, ${from}::int + ${pairs}::int - 1) as number,
      unnest(array['user', 'assistant']) with ordinality as roles (role, place)
    order by number, place`);
}

const turnsIn = ({ text }: Received) =>
  [...text.matchAll(/(user|assistant) turn (\d+)\./g)].map(([, role, number]) => `${role} ${number}`);
const pair = (number: number) => [`user ${number}`, `assistant ${number}`];
const ask = ({ apiKey }: Made, message = "What did we decide?") => send(line, { apiKey, body: { ...lite, message } });

test("O1 use_memory gives all earlier turns in order as long as they fit the model's window", async () => {
  const made = await createOrganization();
  await addTurns(made, 5, 4_000);
  const { body } = await ask(made);
  expect(body.data.metadata.processing_steps).toEqual(["route", "generate:small"]);
  expect(turnsIn(fake.received[0] as Received)).toEqual([1, 2, 3, 4, 5].flatMap(pair));
});

test("O1 older turns are summarised by a paid, stored step; the summary is kept and used again", async () => {
  const made = await createOrganization();
  await addTurns(made, 8, 4_000);
  fake.script(says("They chose the blue door."), says("The blue one."));

  const first = await ask(made);

  expect(first.body.data).toMatchObject({
    response: "The blue one.",
    metadata: { processing_steps: ["route", "summarize:small", "generate:small"], tokens_used: 36 },
  });
  const [summarizing, answering] = fake.received as [Received, Received];
  const folded = turnsIn(summarizing);
  const given = turnsIn(answering);
  expect([...folded, ...given]).toEqual([1, 2, 3, 4, 5, 6, 7, 8].flatMap(pair));
  expect(given.length).toBeGreaterThan(0);
  expect(answering.text).toContain("They chose the blue door.");
  const [run] = (await listRuns(made.ctx, { limit: 1, offset: 0 })).items;
  expect((await getRun(made.ctx, run?.id ?? "")).steps).toMatchObject([
    { name: "summarize", status: "completed", output: "They chose the blue door.", inputTokens: 11, outputTokens: 7 },
    { name: "generate", status: "completed" },
  ]);

  await ask(made, "And then?");
  expect(fake.received).toHaveLength(3);
  expect(fake.received[2]?.text).toContain("They chose the blue door.");
  expect(turnsIn(fake.received[2] as Received)).toEqual(given);
  expect(fake.received[2]?.text).toContain("The blue one.");

  await addTurns(made, 5, 4_000, 11);
  fake.script(says("Blue door, red floor."));
  await ask(made);
  expect(fake.received[3]?.text).toContain("They chose the blue door.");
  expect(fake.received[4]?.text).toContain("Blue door, red floor.");
  expect(fake.received[4]?.text).not.toContain("They chose the blue door.");
});

test("O1 a session that is far longer than the window is summarised part by part, and nothing is left out", async () => {
  const made = await createOrganization();
  await addTurns(made, 22, 4_000);
  await ask(made);
  const asked = fake.received.slice(0, -1);
  expect(asked.length).toBeGreaterThan(1);
  expect(fake.received.flatMap(turnsIn)).toEqual(Array.from({ length: 22 }, (_, index) => pair(index + 1)).flat());
});

test("O1 a summary that fails does not take the answer away", async () => {
  const made = await createOrganization();
  await addTurns(made, 10, 4_000);
  fake.script(
    { type: "status", status: 400, body: { error: { message: "No summaries today" } } },
    says("An answer all the same."),
  );
  const { status, body } = await ask(made);
  expect(status).toBe(200);
  expect(body.data.response).toBe("An answer all the same.");
  expect(turnsIn(fake.received[1] as Received).at(-1)).toBe("assistant 10");
  const sessions = await system.all(sql`
    select summary from chat_sessions where organization_id = ${made.organizationId}`);
  expect(sessions).toEqual([{ summary: null }]);
});

test("O1 use_memory brings what the organization's knowledge base holds on the message, and nobody else's", async () => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()];
  const body = {
    category: "tip",
    title: "Deploying on Fridays",
    description: "Never deploy on Fridays.",
    tags: "deploy",
  };
  expect((await send("POST /api/knowledge", { apiKey: mine.apiKey, body })).status).toBe(200);
  await ask(mine, "May I deploy on Fridays?");
  await ask(theirs, "May I deploy on Fridays?");
  await send(line, { apiKey: mine.apiKey, body: { ...lite, use_memory: false, message: "May I deploy on Fridays?" } });
  const told = fake.received.map(({ text }) => text.includes("Never deploy on Fridays."));
  expect(told).toEqual([true, false, false]);
});
