import { afterEach, beforeEach } from "vitest";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { drainQueue } from "#lib/queue/drain";
import { getRun } from "#lib/runs/service";
import { runQueue } from "#lib/runs/worker";
import { send } from "#lib/testing/client";
import { type FakeOpenAI, type Script, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

/** Both models of the fake provider answer and judge: codex and gpt4. */
export function configureFake({ url }: FakeOpenAI, values: Record<string, string> = {}): void {
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: url, ...values });
}

/** Gives each test of the file a fake provider of its own, which both models ask; `keep` gets to know it. */
export function fakeForEach(keep?: (fake: FakeOpenAI) => void): void {
  let fake: FakeOpenAI;
  beforeEach(async () => {
    fake = await startFakeOpenAI();
    configureFake(fake);
    keep?.(fake);
  });
  afterEach(async () => {
    configureProviders();
    await fake.close();
  });
}

export const says = (text: string): Script => ({ type: "completion", text });
export const judges = (score: number, feedback = "more"): Script => says(JSON.stringify({ score, feedback }));

/** The scripts of rounds that are judged so. */
export const roundsOf = (...scores: number[]): Script[] =>
  scores.flatMap((score, index) => [says(`answer ${index + 1}`), judges(score, `feedback ${index + 1}`)]);

type Settings = { session?: object; thread?: object; start?: object };

/** A session and a thread in it, over HTTP; answers their ids. */
export async function openThread(apiKey: string, { session = {}, thread = {} }: Settings = {}) {
  const opened = await send("POST /api/sessions/", { apiKey, body: { user_id: "user-1", ...session } });
  const sessionId: string = opened.body._id;
  const body = { session_id: sessionId, original_prompt: "Why are there tides?", ...thread };
  const made = await send("POST /api/threads/", { apiKey, body });
  return { sessionId, threadId: made.body._id as string };
}

/** Starts an orchestration in a thread of its own (X8). */
export async function start(apiKey: string, settings: Settings = {}) {
  const ids = await openThread(apiKey, settings);
  const body = { thread_id: ids.threadId, ...settings.start };
  const { body: started } = await send("POST /api/orchestration/start", { apiKey, body });
  return { ...ids, id: started._id as string };
}

export async function statusOf(apiKey: string, id: string) {
  return (await send(`GET /api/orchestration/status/${id}`, { apiKey })).body;
}

/** The id of an orchestration's run. */
export const runOf = async (id: string) =>
  (await system.one<{ runId: string }>(sql`select run_id from orchestrations where id = ${id}`)).runId;

/** Carries out whatever waits in this test's database. */
export const workOff = () => drainQueue(runQueue);

/** What the run of an orchestration told its followers, as its session's feed says it. */
export async function toldBy(ctx: Context, runId: string) {
  const types = /^(orchestration_|model_selected|response_generated|evaluation_completed)/;
  return (await getRun(ctx, runId)).events.filter(({ type }) => types.test(type));
}
