import { expect, test } from "vitest";
import { systemContext } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import type { CompletionOutcome } from "#lib/models/completion";
import { flushRecords, recordCompletion } from "#lib/runs/recorder";
import { getRun, listRuns } from "#lib/runs/service";
import { createOrganization } from "#lib/testing/factories";

const outcome: CompletionOutcome = {
  status: "completed",
  model: "gpt4",
  provider: "openai",
  simulated: false,
  accountId: null,
  inputTokens: 11,
  outputTokens: 7,
  costMicros: 540,
  latencyMs: 42,
  errorCode: null,
  errorMessage: null,
};

function usageOf(organizationId: string): Promise<{ type: string; description: string }[]> {
  return system.all(sql`select type, description from usage_events where organization_id = ${organizationId}`);
}

test("a call is a run, a step and a usage event of its organization when the promise resolves", async () => {
  const { ctx, organizationId, userId } = await createOrganization();

  await recordCompletion(ctx, outcome);

  const [item] = (await listRuns(ctx, { limit: 10, offset: 0 })).items;
  expect(await getRun(ctx, item?.id ?? "")).toMatchObject({
    kind: "completion",
    strategy: "passthrough",
    status: "completed",
    model: "gpt4",
    costMicros: 540,
    userId,
    requestId: ctx.requestId,
    input: null,
    output: null,
    steps: [{ position: 0, name: "generate", inputTokens: 11, outputTokens: 7, latencyMs: 42, output: null }],
  });
  expect(await usageOf(organizationId)).toContainEqual({ type: "invocation", description: "Completion with gpt4" });
});

test("calls that end together are all stored, each once, with an unknown cost kept unknown", async () => {
  const { ctx } = await createOrganization();

  await Promise.all(
    Array.from({ length: 1_200 }, (_, index) =>
      recordCompletion(ctx, { ...outcome, costMicros: index % 2 ? null : 540, errorMessage: `"quoted" \\ ${index}` }),
    ),
  );

  const { total, items } = await listRuns(ctx, { limit: 100, offset: 0 });
  expect(total).toBe(1_200);
  expect(items.some((run) => run.costMicros === null) && items.some((run) => run.costMicros === 540)).toBe(true);
});

test("a failed call that used nothing is a run, but no usage", async () => {
  const { ctx, organizationId } = await createOrganization();
  await recordCompletion(ctx, { ...outcome, status: "failed", inputTokens: 0, outputTokens: 0, errorCode: "timeout" });
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items[0]).toMatchObject({
    status: "failed",
    errorCode: "timeout",
  });
  expect((await usageOf(organizationId)).filter(({ type }) => type === "invocation")).toEqual([]);
});

test("a record that the database refuses does not take the ones beside it with it", async () => {
  const { ctx } = await createOrganization();
  const gone = systemContext(uuidv7());

  const outcomes = await Promise.allSettled([
    recordCompletion(ctx, outcome),
    recordCompletion(ctx, outcome),
    recordCompletion(gone, outcome),
    recordCompletion(ctx, outcome),
  ]);
  await flushRecords();

  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  expect((await listRuns(ctx, { limit: 10, offset: 0 })).total).toBe(3);
});
