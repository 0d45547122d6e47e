import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import type { Step } from "#lib/runs/schema";
import { completeRun, failInterruptedRuns, failRun, getRun, listRuns, recordStep, startRun } from "#lib/runs/service";
import { createOrganization } from "#lib/testing/factories";

const newRun = { kind: "chat", strategy: "single", model: null, input: { message: "hi" } } as const;
const step: Step = {
  name: "generate",
  status: "completed",
  model: "gpt4",
  provider: "openai",
  output: "Hello",
  score: 7.5,
  feedback: null,
  errorCode: null,
  errorMessage: null,
  simulated: false,
  inputTokens: 10,
  outputTokens: 5,
  costMicros: 450,
  latencyMs: 12,
};

test("a run keeps its steps in order, their sums, and numbered events without gaps", async () => {
  const { ctx } = await createOrganization();
  const { id } = await startRun(ctx, newRun);
  await recordStep(ctx, id, step);
  await recordStep(ctx, id, { ...step, name: "evaluate", costMicros: 50, simulated: true });
  await completeRun(ctx, id, { output: "Hello", score: 7.5, model: "gpt4" });

  const run = await getRun(ctx, id);

  expect(run).toMatchObject({
    status: "completed",
    input: { message: "hi" },
    output: "Hello",
    score: 7.5,
    model: "gpt4",
    simulated: true,
    inputTokens: 20,
    outputTokens: 10,
    costMicros: 500,
  });
  expect(run.steps.map(({ position, name, score }) => [position, name, score])).toEqual([
    [0, "generate", 7.5],
    [1, "evaluate", 7.5],
  ]);
  expect(run.events.map(({ sequence, type }) => [sequence, type])).toEqual([
    [1, "run.started"],
    [2, "step.completed"],
    [3, "step.completed"],
    [4, "run.completed"],
  ]);
});

test("the cost of a run is unknown as soon as one step's price is", async () => {
  const { ctx } = await createOrganization();
  const { id } = await startRun(ctx, newRun);
  await recordStep(ctx, id, { ...step, costMicros: null });
  await recordStep(ctx, id, step);
  expect((await getRun(ctx, id)).costMicros).toBeNull();
});

test("a run that has ended takes no further step and no second end", async () => {
  const { ctx } = await createOrganization();
  const { id } = await startRun(ctx, newRun);
  await failRun(ctx, id, { status: "failed", errorCode: "timeout", errorMessage: "too slow" });

  await expect(recordStep(ctx, id, step)).rejects.toMatchObject({ code: "conflict", reason: "RUN_ENDED" });
  await expect(completeRun(ctx, id, { output: "late", score: null, model: null })).rejects.toMatchObject({
    code: "conflict",
  });
  const run = await getRun(ctx, id);
  expect(run).toMatchObject({ status: "failed", errorCode: "timeout", output: null, steps: [], inputTokens: 0 });
  expect(run.events).toHaveLength(2);
});

test("another organization's run does not exist", async () => {
  const [mine, theirs] = [await createOrganization(), await createOrganization()];
  const { id } = await startRun(theirs.ctx, newRun);

  await expect(getRun(mine.ctx, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(getRun(mine.ctx, "nonsense")).rejects.toMatchObject({ code: "not_found" });
  await expect(recordStep(mine.ctx, id, step)).rejects.toThrow();
  await failRun(mine.ctx, id, { status: "cancelled", errorCode: "x", errorMessage: "x" });
  expect(await getRun(theirs.ctx, id)).toMatchObject({ status: "running", steps: [] });
  expect(await listRuns(mine.ctx, { limit: 10, offset: 0 })).toEqual({ items: [], total: 0 });
});

test("runs are listed newest first, page by page", async () => {
  const { ctx } = await createOrganization();
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) ids.unshift((await startRun(ctx, newRun)).id);

  const first = await listRuns(ctx, { limit: 2, offset: 0 });
  const second = await listRuns(ctx, { limit: 2, offset: 2 });

  expect([...first.items, ...second.items].map((run) => run.id)).toEqual(ids);
  expect(first.total).toBe(3);
});

test("a run whose process died is stored as interrupted and tells its followers; one that lives is left alone", async () => {
  const { ctx } = await createOrganization();
  const [dead, alive] = [await startRun(ctx, newRun), await startRun(ctx, newRun)];
  await system.run(sql`update runs set lease_expires_at = now() - interval '1 second' where id = ${dead.id}`);

  expect(await failInterruptedRuns()).toBeGreaterThanOrEqual(1);

  const run = await getRun(ctx, dead.id);
  expect(run).toMatchObject({ status: "failed", errorCode: "interrupted" });
  expect(run.events.at(-1)).toMatchObject({ sequence: 2, type: "run.failed", data: { error_code: "interrupted" } });
  expect((await getRun(ctx, alive.id)).status).toBe("running");
});
