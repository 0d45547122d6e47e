import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { getRunOrigin, listFilteredRuns } from "#lib/runs/list";
import { RunFilter } from "#lib/runs/list-schema";
import { completeRun, failRun, startRun } from "#lib/runs/service";
import { createOrganization } from "#lib/testing/factories";

const page = { limit: 10, offset: 0 };
const filterOf = (filter: object) => RunFilter.parse(filter);

async function three() {
  const { ctx } = await createOrganization();
  const chat = await startRun(ctx, {
    kind: "chat",
    strategy: "single",
    model: "gpt4",
    input: { message: "100% sure?" },
  });
  await completeRun(ctx, chat.id, { output: "An under_score.", score: 7, model: "gpt4" });
  const failed = await startRun(ctx, { kind: "orchestration", strategy: "refine", model: "claude", input: {} });
  await failRun(ctx, failed.id, { status: "failed", errorCode: "x", errorMessage: "The provider is down." });
  const running = await startRun(ctx, { kind: "chat", strategy: "debate", model: null, input: null });
  await system.run(sql`update runs set cost_micros = 5, created_at = '2026-02-03T23:59:59.9Z' where id = ${chat.id}`);
  await system.run(
    sql`update runs set cost_micros = null, created_at = '2026-02-04T00:00:00Z' where id = ${failed.id}`,
  );
  return { ctx, chat: chat.id, failed: failed.id, running: running.id };
}

test("each filter of the list of runs keeps exactly what matches, of this organization only", async () => {
  const { ctx, chat, failed, running } = await three();
  await three();
  const idsOf = async (filter: object) =>
    (await listFilteredRuns(ctx, filterOf(filter), page)).items.map(({ id }) => id);

  expect(await idsOf({})).toEqual([running, failed, chat]);
  expect(await idsOf({ sort: "oldest" })).toEqual([chat, failed, running]);
  expect(await idsOf({ kind: "chat" })).toEqual([running, chat]);
  expect(await idsOf({ strategy: "refine" })).toEqual([failed]);
  expect(await idsOf({ status: "running" })).toEqual([running]);
  expect(await idsOf({ model: "gpt4" })).toEqual([chat]);
  expect(await idsOf({ from: "2026-02-04" })).toEqual([running, failed]);
  expect(await idsOf({ from: "2026-02-03", to: "2026-02-03" })).toEqual([chat]);
  expect(await idsOf({ text: "PROVIDER IS" })).toEqual([failed]);
  expect(await idsOf({ text: "100%" })).toEqual([chat]);
  expect(await idsOf({ text: "r_s" })).toEqual([chat]);
  expect(await idsOf({ text: "x_s" })).toEqual([]);
  expect(await idsOf({ text: running })).toEqual([running]);
  expect(await idsOf({ sort: "cost" })).toEqual([chat, running, failed]);
});

test("the list of runs says whether more follow", async () => {
  const { ctx } = await three();
  const first = await listFilteredRuns(ctx, filterOf({}), { limit: 2, offset: 0 });
  const second = await listFilteredRuns(ctx, filterOf({}), { limit: 2, offset: 2 });
  expect([first.items.length, first.hasNext]).toEqual([2, true]);
  expect([second.items.length, second.hasNext]).toEqual([1, false]);
});

test("a run of another organization has no origin to tell of", async () => {
  const { chat } = await three();
  const { ctx } = await three();
  await expect(getRunOrigin(ctx, chat)).rejects.toMatchObject({ code: "not_found" });
});
