import fc from "fast-check";
import { expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createDesk, refusal } from "#lib/testing/work-desk";
import { efficiencyOf } from "#lib/work-sessions/analysis";

const target = "Target range: 85-92 credits per session";

/** A project with ended sessions of these credits. */
async function deskWith(credits: number[]) {
  const desk = await createDesk();
  const [project, account] = [await desk.addProject(), await desk.addAccount("A")];
  await system.run(sql`
    insert into work_sessions (organization_id, id, project_id, account_id, session_number, credits_used, status)
    select ${desk.organizationId}, position, ${project}, ${account}, position, credits, 'completed'
    from unnest(${credits}::bigint[]) with ordinality as t (credits, position)`);
  const analyze = (more: object = {}) => desk.post("/api/private/analyze-credits", { project_id: project, ...more });
  return { ...desk, project, account, analyze };
}

test("P12 the documented example: 2180 credits in 25 sessions are 87.2, optimal", async () => {
  const { analyze } = await deskWith([65, 95, ...Array(22).fill(88), 84]);
  expect(await analyze()).toMatchObject({
    status: 200,
    body: {
      success: true,
      data: {
        total_sessions: 25,
        total_credits: 2_180,
        avg_credits_per_session: 87.2,
        min_credits: 65,
        max_credits: 95,
        efficiency_score: "optimal",
        recommendations: ["Excellent! Keep this pattern.", target],
      },
    },
  });
});

test.each([
  ["74.99", [...Array(99).fill(75), 74], "needs_improvement", 75, "Use more"],
  ["75", [75], "good", 75, "Use more"],
  ["84.5", [84, 85], "good", 84.5, "Use more"],
  ["84.99", [...Array(99).fill(85), 84], "good", 85, "Use more"],
  ["85", [85], "optimal", 85, "Excellent"],
  ["92", [92], "optimal", 92, "Excellent"],
  ["92.01", [...Array(99).fill(92), 93], "good", 92, "Hand over earlier"],
  ["95", [95], "good", 95, "Hand over earlier"],
  ["95.01", [...Array(99).fill(95), 96], "needs_improvement", 95, "Hand over earlier"],
])("P12 gap 1: an average of %s is scored unrounded", async (_, credits, score, shown, advice) => {
  const { body } = await (await deskWith(credits)).analyze();
  expect(body.data).toMatchObject({ efficiency_score: score, avg_credits_per_session: shown });
  expect(body.data.recommendations[0]).toMatch(new RegExp(`^${advice}`));
  expect(body.data.recommendations[1]).toBe(target);
});

test("P12 every average has a score, in the documented order of bands", () => {
  const rank = { needs_improvement: 0, good: 1, optimal: 2 };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 100_000 }), (count, total) => {
      const average = total / count;
      const distance = average < 85 ? 85 - average : Math.max(0, average - 92);
      const expected = distance === 0 ? 2 : average >= 75 && average <= 95 ? 1 : 0;
      expect(rank[efficiencyOf(total, count)]).toBe(expected);
    }),
  );
});

test("P12 without sessions everything is 0 and it asks to record some", async () => {
  const { analyze } = await deskWith([]);
  expect((await analyze()).body.data).toEqual({
    total_sessions: 0,
    total_credits: 0,
    avg_credits_per_session: 0,
    min_credits: 0,
    max_credits: 0,
    efficiency_score: "needs_improvement",
    recommendations: ["Record work sessions with their credits, so that there is something to analyze."],
  });
});

test("P12 leaves out old sessions and open ones without credits", async () => {
  const desk = await deskWith([90, 90, 10]);
  await system.run(sql`
    update work_sessions set started_at = now() - interval '31 days'
    where organization_id = ${desk.organizationId} and credits_used = 10`);
  await system.run(sql`
    insert into work_sessions (organization_id, id, project_id, account_id, session_number)
    values (${desk.organizationId}, 90, ${desk.project}, ${desk.account}, 90)`);
  expect((await desk.analyze()).body.data).toMatchObject({ total_sessions: 2, min_credits: 90, total_credits: 180 });
  expect((await desk.analyze({ days: 32 })).body.data).toMatchObject({ total_sessions: 3, min_credits: 10 });
  await system.run(sql`
    update work_sessions set credits_used = 6 where organization_id = ${desk.organizationId} and id = 90`);
  expect((await desk.analyze({ days: 1 })).body.data).toMatchObject({ total_sessions: 3, min_credits: 6 });
});

test.each([
  [{ project_id: undefined }, "project_id is required"],
  [{ project_id: "1" }, "project_id must be an integer"],
  [{ days: 0 }, "days must be an integer from 1 to 3650"],
  [{ days: 3_651 }, "days must be an integer from 1 to 3650"],
  [{ days: "30" }, "days must be an integer from 1 to 3650"],
])("P12 refuses %j: %s", async (body, error) => {
  expect(await (await deskWith([])).analyze(body)).toMatchObject(refusal(400, error));
});

test("P12 a project of another organization is 404", async () => {
  const other = await deskWith([90]);
  const desk = await createDesk();
  expect(await desk.post("/api/private/analyze-credits", { project_id: other.project })).toMatchObject(
    refusal(404, "Project not found"),
  );
});
