import { expect, test, vi } from "vitest";
import { startQueues } from "#lib/queue/workers";
import { cancelRun } from "#lib/runs/cancel";
import { getRun } from "#lib/runs/service";
import { runQueue } from "#lib/runs/worker";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import type { FakeOpenAI } from "#lib/testing/fake-openai";
import { fakeForEach, roundsOf, runOf, start, statusOf, workOff } from "#lib/testing/orchestrations";
import { ownDatabase } from "#lib/testing/own-database";

await ownDatabase();
let fake: FakeOpenAI;
fakeForEach((started) => {
  fake = started;
});

test("+X1 cancelling aborts the call in flight within a second and ends the run at once", async () => {
  const { apiKey, ctx } = await createOrganization();
  fake.script(...roundsOf(5), { type: "silence" });
  const workers = await startQueues([runQueue]);
  try {
    const { id, threadId } = await start(apiKey);
    await vi.waitFor(() => expect(fake.received).toHaveLength(3), { timeout: 5_000 });

    const cancelledAt = Date.now();
    const { status, body } = await send(`POST /api/orchestration/cancel/${id}`, { apiKey });

    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "cancelled", iterations: 1, stop_reason: null, final_response: null });
    await vi.waitFor(() => expect(fake.received[2]?.wasAborted).toBe(true), { timeout: 2_000, interval: 10 });
    expect(Date.now() - cancelledAt).toBeLessThan(1_000);
    const run = await getRun(ctx, await runOf(id));
    expect(run.events.at(-1)).toMatchObject({ type: "run.cancelled" });
    expect(run.steps.map(({ status: end }) => end)).toEqual(["completed", "completed"]);
    const again = await send(`POST /api/orchestration/cancel/${id}`, { apiKey });
    expect(again.body).toEqual(body);
    expect((await send(`GET /api/threads/${threadId}`, { apiKey })).body.status).toBe("open");
  } finally {
    await workers.stop(1_000);
  }
});

test("X4 cancelling a session stops what runs in it; what waits is never begun", async () => {
  const { apiKey } = await createOrganization();
  const { id, sessionId, threadId } = await start(apiKey);
  const second = await send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId } });
  const { body } = await send(`PATCH /api/sessions/${sessionId}/status`, { apiKey, body: { status: "cancelled" } });
  expect(body).toMatchObject({ status: "cancelled", session_end: expect.any(String) });
  await workOff();
  expect(fake.received).toHaveLength(0);
  for (const one of [id, second.body._id]) expect(await statusOf(apiKey, one)).toMatchObject({ status: "cancelled" });
});

test("another organization's run cannot be cancelled; one of its own is over after its end", async () => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()];
  fake.script(...roundsOf(9));
  const { id } = await start(theirs.apiKey);
  const runId = await runOf(id);
  await expect(cancelRun(mine.ctx, runId)).rejects.toMatchObject({ code: "not_found" });
  await expect(cancelRun(mine.ctx, "nonsense")).rejects.toMatchObject({ code: "not_found" });
  await workOff();
  expect(await cancelRun(theirs.ctx, runId)).toBe(false);
  expect(await statusOf(theirs.apiKey, id)).toMatchObject({ status: "completed" });
});
