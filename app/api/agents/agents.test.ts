import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { spawn } from "#lib/testing/agents";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

let apiKey = "";
let organizationId = "";

type Made = {
  status?: string;
  model?: string;
  team?: string | null;
  task?: string;
  priority?: string;
  micros?: number;
};

/** Agents as earlier days left them, the first one the oldest, a minute apart. */
async function insertAgents(organization: string, made: Made[]): Promise<void> {
  const rows = made.map((one, index) => ({
    run_id: uuidv7(),
    agent_id: `subagent_17700000${String(index).padStart(2, "0")}_${String(index).padStart(4, "0")}`,
    status: one.status ?? "completed",
    model: one.model ?? "k2p5",
    team: one.team ?? null,
    task: one.task ?? "Count tides",
    priority: one.priority ?? "normal",
    micros: one.micros ?? 30_000,
    minute: index,
  }));
  await system.run(sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as g (run_id uuid, agent_id text, status text, model text,
        team text, task text, priority text, micros bigint, minute int)
    ), run as (
      insert into runs (id, organization_id, kind, strategy, status, model, cost_micros, request_id)
      select run_id, ${organization}::uuid, 'agent', 'single', 'completed', model, 0, 'req_test' from given
    )
    insert into agents (run_id, organization_id, agent_id, status, model, team, task, priority, timeout_seconds, owner,
      estimated_micros, actual_micros, budget_day, created_at)
    select run_id, ${organization}::uuid, agent_id, status, model, team, task, priority, 300, 'key:x', 50000, micros,
      '2026-02-01', timestamptz '2026-02-01T00:00:00Z' + make_interval(mins => minute) from given`);
}

const list = async (query: string, key = apiKey) => {
  const answer = await send(`GET /api/agents${query}`, { apiKey: key });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const filtered = (filter: object) => `?filter=${encodeURIComponent(JSON.stringify(filter))}`;
const numbers = (body: { data: { agent_id: string }[] }) => body.data.map(({ agent_id }) => Number(agent_id.slice(-4)));

beforeAll(async () => {
  ({ apiKey, organizationId } = await createOrganization());
  await insertAgents(organizationId, [
    { status: "completed", model: "k2p5", micros: 30_000, task: "Write about tides", priority: "low" },
    { status: "failed", model: "sonnet", micros: 0, task: "100% of_it", priority: "high" },
    { status: "completed", model: "opus", micros: 450_000, task: "Weigh the moon" },
    { status: "running", model: "k2p5", micros: 0, team: "team_coding", task: "Fix the bug" },
    { status: "cancelled", model: "sonnet", micros: 90_000, task: "Tides, again" },
  ]);
});

test("A21 one agent with every field", async () => {
  const body = await list("?limit=1");
  expect(body.data[0]).toEqual({
    agent_id: "subagent_1770000004_0004",
    model: "sonnet",
    status: "cancelled",
    task: "Tides, again",
    team: null,
    created_at: expect.stringMatching(/^2026-02-01T00:04:00/),
    started_at: null,
    estimated_cost: 0.05,
    actual_cost: 0.09,
    simulated: false,
  });
  expect(body.pagination).toMatchObject({
    total: 5,
    limit: 1,
    offset: 0,
    has_more: true,
    next_offset: 1,
    previous_offset: null,
  });
  expect(body.meta).toEqual({ total_cost: 0.57, by_model: { k2p5: 2, opus: 1, sonnet: 2 } });
});

describe("A21 filters", () => {
  test.each<[string, number[]]>([
    ["?status=completed", [2, 0]],
    ["?model=sonnet", [4, 1]],
    ["?team=team_coding", [3]],
    ["?created_after=2026-02-01T00:02:00Z", [4, 3]],
    ["?created_before=2026-02-01T00:01:00Z", [0]],
    ["?cost_gt=0.03", [4, 2]],
    ["?cost_lt=0.03", [3, 1]],
    ["?status=completed&cost_gt=0.1", [2]],
    [filtered({ status: "failed" }), [1]],
    [filtered({ status_ne: "completed" }), [4, 3, 1]],
    [filtered({ status: { in: ["failed", "running"] } }), [3, 1]],
    [filtered({ model_in: ["opus"] }), [2]],
    [filtered({ cost: 0.09 }), [4]],
    [filtered({ cost_gte: 0.09 }), [4, 2]],
    [filtered({ cost_lte: 0.03 }), [3, 1, 0]],
    [filtered({ cost: { gt: 0, lt: 0.1 } }), [4, 0]],
    [filtered({ task_contains: "tides" }), [4, 0]],
    [filtered({ task_contains: "%" }), [1]],
    [filtered({ task_starts_with: "write" }), [0]],
    [filtered({ task_ends_with: "_it" }), [1]],
    [filtered({ team: null }), [4, 2, 1, 0]],
    [filtered({ team: { ne: null } }), [3]],
    [filtered({ priority: "high" }), [1]],
    [filtered({ agent_id: "subagent_1770000002_0002" }), [2]],
    [filtered({ created_at: { gte: "2026-02-01T00:03:00Z" } }), [4, 3]],
    [filtered({ created_after: "2026-02-01T00:00:00Z", status: "completed" }), [2]],
    [filtered({ task: "' or 1=1 --" }), []],
  ])("%s", async (query, expected) => {
    const body = await list(query);
    expect(numbers(body)).toEqual(expected);
    expect(body.pagination.total, "counts the filtered set").toBe(expected.length);
    const counted = Object.values<number>(body.meta.by_model).reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(expected.length);
  });
});

test.each<[string, number[]]>([
  ["?sort=created_at", [0, 1, 2, 3, 4]],
  ["?sort=-created_at", [4, 3, 2, 1, 0]],
  ["?sort=cost", [1, 3, 0, 4, 2]],
  ["?sort=-cost", [2, 4, 0, 3, 1]],
  ["?sort=status", [4, 0, 2, 1, 3]],
  ["?sort=-status", [3, 1, 2, 0, 4]],
])("A21 %s orders, and a cursor goes through the same order page by page", async (query, expected) => {
  expect(numbers(await list(query))).toEqual(expected);
  const walked: number[] = [];
  let cursor: string | null = null;
  do {
    const body = await list(`${query}&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    walked.push(...numbers(body));
    cursor = body.pagination.cursor;
  } while (cursor);
  expect(walked).toEqual(expected);
});

test("A21 the documented links: 250 agents, 20 a page, last at 240; filters are kept", async () => {
  const own = await createOrganization();
  const many = Array.from({ length: 250 }, (_, index) => ({ model: index < 3 ? "opus" : "k2p5" }));
  await insertAgents(own.organizationId, many.slice(0, 100));
  await system.run(sql`
    with more as (
      insert into runs (id, organization_id, kind, strategy, status, model, cost_micros, request_id)
      select gen_random_uuid(), ${own.organizationId}::uuid, 'agent', 'single', 'completed', 'k2p5', 0, 'req_test'
      from generate_series(1, 150) returning id
    )
    insert into agents (run_id, organization_id, agent_id, status, model, task, priority, timeout_seconds, owner,
      estimated_micros, budget_day)
    select id, ${own.organizationId}::uuid, 'subagent_1780000000_' || lpad((row_number() over ())::text, 4, '0'), 'completed',
      'k2p5', 'More', 'normal', 300, 'key:x', 50000, '2026-02-01' from more`);

  const middle = await list("?limit=20&offset=20", own.apiKey);
  expect(middle.pagination).toMatchObject({
    total: 250,
    limit: 20,
    offset: 20,
    has_more: true,
    next_offset: 40,
    previous_offset: 0,
  });
  expect(middle.links).toEqual({
    self: "/agents?limit=20&offset=20",
    next: "/agents?limit=20&offset=40",
    prev: "/agents?limit=20&offset=0",
    first: "/agents?limit=20&offset=0",
    last: "/agents?limit=20&offset=240",
  });
  const last = await list("?limit=20&offset=240", own.apiKey);
  expect(last.data).toHaveLength(10);
  expect(last).toMatchObject({
    links: { next: null },
    pagination: { has_more: false, next_offset: null, cursor: null },
  });
  const kept = await list("?limit=1&model=opus&sort=cost", own.apiKey);
  expect(kept.links.next).toBe("/agents?limit=1&offset=1&sort=cost&model=opus");
  expect((await list("?limit=500", own.apiKey)).pagination.limit).toBe(100);
});

test.each([
  "?limit=0",
  "?limit=x",
  "?offset=-1",
  "?sort=task",
  "?sort=drop",
  "?cursor=!!!",
  "?cursor=eyJpZCI6MX0=",
  "?filter={",
  "?filter=[]",
  filtered({ owner: "key:x" }),
  filtered({ task_like: "x" }),
  filtered({ cost: "5" }),
  filtered({ cost_contains: 1 }),
  filtered({ created_at: "yesterday" }),
  filtered({ status: { between: 1 } }),
  filtered({ status: { in: [] } }),
  filtered({ __proto__x: 1 }),
  "?cost_gt=much",
])("A21 %s is 400 in the object form", async (query) => {
  const answer = await send(`GET /api/agents${query}`, { apiKey });
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body).toEqual({
    error: { code: 400, message: expect.any(String), request_id: answer.headers.get("x-request-id") },
  });
});

test("A21 A22 A26 another organization's agents are not there, nor can a cursor name them", async () => {
  const stranger = await createOrganization();
  const id = "subagent_1770000002_0002";
  expect(await list("", stranger.apiKey)).toMatchObject({
    data: [],
    pagination: { total: 0 },
    meta: { by_model: {}, total_cost: 0 },
  });
  for (const line of [
    `GET /api/agent/${id}`,
    `DELETE /api/agent/${id}`,
    "GET /api/agent/nobody",
    "GET /api/agent/%00",
  ]) {
    const answer = await send(line, { apiKey: stranger.apiKey });
    expect(answer.status, line).toBe(404);
    expect(answer.body.error).toMatchObject({ code: 404, message: "Agent not found" });
  }
  const cursor = Buffer.from(JSON.stringify({ id })).toString("base64");
  expect((await list(`?cursor=${encodeURIComponent(cursor)}`, stranger.apiKey)).data).toEqual([]);
});

test("A23 K11 the live agents and today's cost", async () => {
  const own = await createOrganization();
  const id = await spawn(own.apiKey);
  const { status, body } = await send("GET /api/agents/active", { apiKey: own.apiKey });
  expect({ status, body }).toMatchObject({
    status: 200,
    body: {
      agents: [{ agent_id: id, model: "k2p5", status: "spawning", task: "Summarize the tides" }],
      count: 1,
      total_cost_today: 0,
    },
  });
});

test("A21 a page of 20,000 agents is found with an index", async () => {
  const own = await createOrganization();
  await system.run(sql`
    with more as (
      insert into runs (id, organization_id, kind, strategy, status, model, cost_micros, request_id)
      select gen_random_uuid(), ${own.organizationId}::uuid, 'agent', 'single', 'completed', 'k2p5', 0, 'req_test'
      from generate_series(1, 20000) returning id
    ), numbered as (select id, row_number() over () as n from more)
    insert into agents (run_id, organization_id, agent_id, status, model, task, priority, timeout_seconds, owner,
      estimated_micros, budget_day, created_at)
    select id, ${own.organizationId}::uuid, 'subagent_' || (1780000000 + n / 1000) || '_' || lpad((n % 1000)::text, 4, '0'),
      case when n % 100 = 0 then 'failed' else 'completed' end, 'k2p5', 'Many', 'normal', 300, 'key:x', 50000, '2026-02-01',
      now() - make_interval(secs => n) from numbered`);
  await system.run(sql`analyze agents`);
  const plan = await system.all<Record<string, string>>(sql`
    explain select agent_id from agents a where a.organization_id = ${own.organizationId} and a.status = 'failed'
    order by a.created_at desc, a.agent_id desc limit 21`);
  expect(plan.map((line) => Object.values(line)[0]).join("\n")).toContain("agents_status_newest");
  const body = await list("?status=failed&limit=20", own.apiKey);
  expect(body.pagination.total).toBe(200);
});
