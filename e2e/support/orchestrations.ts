import { expect, type Page } from "@playwright/test";
import { startFakeOpenAI } from "#lib/testing/fake-openai";

type Options = { userId?: string; rounds?: number; threshold?: number; prompt?: string; costLimit?: number | null };

/** Calls the page's instance with the page's login. */
async function post(page: Page, path: string, data: object) {
  const answer = await page.request.post(path, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Opens a session with one thread and starts an orchestration in it, as a program would. */
export async function startOrchestration(page: Page, options: Options = {}) {
  const { userId = "ada", rounds = 2, threshold = 10, prompt = "Name three rivers.", costLimit = 1 } = options;
  const settings = { preferred_models: ["gpt4", "claude"], cost_limit: costLimit };
  const session = await post(page, "/api/sessions/", { user_id: userId, max_iterations: rounds, settings });
  const thread = await post(page, "/api/threads/", { session_id: session._id, original_prompt: prompt });
  const run = await post(page, "/api/orchestration/start", {
    thread_id: thread._id,
    settings: { evaluation_threshold: threshold },
  });
  return { sessionId: session._id as string, orchestrationId: run._id as string };
}

/** Starts one and waits until it has ended. */
export async function finishOrchestration(page: Page, options: Options = {}) {
  const started = await startOrchestration(page, options);
  const status = `/api/orchestration/status/${started.orchestrationId}`;
  await expect
    .poll(async () => (await (await page.request.get(status)).json()).status, { timeout: 30_000 })
    .toBe("completed");
  return started;
}

/** A provider that answers and judges: its evaluations give these scores, one after the other, then the last. */
export async function startJudgingProvider(...scores: number[]) {
  const provider = await startFakeOpenAI();
  const completion = (text: string) => ({ type: "completion" as const, text });
  provider.script(
    ...scores.flatMap((score, index) => [
      completion(`Answer **number ${index + 1}**.`),
      completion(JSON.stringify({ score, feedback: `Feedback ${index + 1}.` })),
    ]),
  );
  return provider;
}
