import { afterEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";
import { createDesk, refusal } from "#lib/testing/work-desk";

let provider: FakeOpenAI | undefined;

afterEach(async () => {
  configureProviders();
  await provider?.close();
  provider = undefined;
});

const context = `We chose Postgres over SQLite because of row locks.\n${"Some long talk that leads nowhere.\n".repeat(40)}`;
const parts = {
  summary: "The shop works up to the basket.",
  decisions: ["Postgres over SQLite,\nbecause of row locks"],
  open_questions: [],
  files: ["src/basket.ts: adds up the basket"],
  next_steps: ["Checkout", "Mails"],
  do_not_repeat: ["SQLite was tried"],
};
const questions = ["Which database?", "Why?", "What is next?", "Who pays?"].map((question) => ({
  question,
  answer: "x",
}));

async function deskWithModel(...texts: (object | string)[]) {
  provider = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-fake", OPENAI_BASE_URL: provider.url });
  provider.script(
    ...texts.map((text) => ({
      type: "completion" as const,
      text: typeof text === "string" ? text : JSON.stringify(text),
    })),
  );
  const desk = await createDesk();
  return { ...desk, project: await desk.addProject("Shop"), received: provider.received };
}

const good = [parts, { questions }, { answers: ["Postgres", "Row locks", "Checkout", "unknown"] }];
const marks = { correct: [true, true, true, false] };

test("verified: a model writes the briefing, and its recall is what it answers alone of questions on the original", async () => {
  const desk = await deskWithModel(...good, marks);
  const sent = { project_id: desk.project, context, mode: "verified" };
  const { status, body } = await desk.post("/api/handoff/compress", sent);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    mode: "verified",
    verification: {
      recall: 0.75,
      questions: 4,
      answered: 3,
      model: expect.any(String),
      compression_ratio: expect.any(Number),
    },
  });
  expect(body.verification.compression_ratio).toBe(Math.round(100 * (1 - body.briefing.length / context.length)));
  expect(body.briefing).toBe(`# VERIFIED HANDOFF - Shop

The shop works up to the basket.

## Decisions
- Postgres over SQLite, because of row locks

## Open Questions
- None

## Files
- src/basket.ts: adds up the basket

## Next Steps
- Checkout
- Mails

## Do Not Repeat
- SQLite was tried`);
  const answering = desk.received[2]?.text ?? "";
  expect(answering).toContain("VERIFIED HANDOFF");
  expect(answering).not.toContain("leads nowhere");
  const { data } = (await desk.get(`/api/handoff/${body.handoff_id}`)).body;
  expect(data).toMatchObject({ mode: "verified", original: context, verification: body.verification });
  const run = await system.one(sql`
    select kind, status, (select count(*) from run_steps s where s.run_id = r.id) as steps
    from runs r where id = ${body.verification.run_id}`);
  expect(run).toEqual({ kind: "handoff", status: "completed", steps: 4 });
});

test("verified: a reply that is no briefing is asked for once more, then it is 503 and nothing is stored", async () => {
  const again = await deskWithModel("Sorry?", ...good, marks);
  const sent = { project_id: again.project, context, mode: "verified", compress_level: "low" };
  expect((await again.post("/api/private/smart-compress", sent)).body).toMatchObject({
    verification: { recall: 0.75 },
    stats: { original_lines: 42, compressed_lines: 25 },
  });
  await provider?.close();
  const desk = await deskWithModel("Sorry?", "Sorry!");
  expect(await desk.post("/api/handoff/compress", { ...sent, project_id: desk.project })).toMatchObject(
    refusal(503, "The model gave no usable briefing. Try again, or send mode documented."),
  );
  expect((await desk.get("/api/handoff")).body.data).toEqual([]);
});

test("verified: without a model the documented algorithm answers", async () => {
  configureProviders();
  const desk = await createDesk();
  const project_id = await desk.addProject();
  for (const path of ["/api/handoff/compress", "/api/private/smart-compress"]) {
    const documented = (await desk.post(path, { project_id, context })).body;
    const { body } = await desk.post(path, { project_id, context, mode: "verified" });
    expect(body.briefing).toBe(documented.briefing);
    expect(body.mode).toBe("documented");
    expect(body).not.toHaveProperty("verification");
  }
});

test("verified: unknown projects, contexts too long for every model and Idempotency-Keys are refused unasked", async () => {
  const desk = await deskWithModel();
  const post = (body: object, headers = {}) =>
    desk.post("/api/handoff/compress", { project_id: desk.project, context, mode: "verified", ...body }, headers);
  expect(await post({ project_id: 99 })).toMatchObject(refusal(404, "Project not found"));
  expect(await post({ context: "word ".repeat(900_000) })).toMatchObject(
    refusal(400, "context is too long for the configured models; send mode documented, or a part of it"),
  );
  expect(await post({}, { "idempotency-key": "v" })).toMatchObject(
    refusal(409, "A verified hand-over asks models and cannot be repeated; send it without Idempotency-Key"),
  );
  expect(desk.received).toEqual([]);
});
