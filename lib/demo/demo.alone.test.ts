import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAccounts } from "#lib/account-pool/service";
import { listApps } from "#lib/apps/service";
import { verifyChain } from "#lib/audit/verify";
import { listTopups } from "#lib/billing/topups";
import { listLimits } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { movedColumns } from "#lib/demo/backdate";
import { madeUpIds } from "#lib/demo/people";
import { findDemo, isDemo } from "#lib/demo/queries";
import { removeDemo } from "#lib/demo/remove";
import { fillDemo } from "#lib/demo/service";
import { listDeployments } from "#lib/deployments/service";
import { listHandoffs } from "#lib/handoff/service";
import { listKeys } from "#lib/keys/service";
import { listKnowledge } from "#lib/knowledge/service";
import { findFaults } from "#lib/ledger/verify";
import { listSessions, listThreads } from "#lib/orchestration/service";
import { listInvitations } from "#lib/organizations/invitations";
import { listMembers, listOwnOrganizations } from "#lib/organizations/service";
import { summarize } from "#lib/overview/service";
import { listDecisions } from "#lib/pricing/decisions/service";
import { listExceptions } from "#lib/pricing/exceptions/service";
import { listExperiments } from "#lib/pricing/experiments/service";
import { listPolicies } from "#lib/pricing/policy/service";
import { listQuotes } from "#lib/pricing/quotes/service";
import { reportRealised } from "#lib/pricing/realised/service";
import { listProjects } from "#lib/projects/service";
import { listRuns } from "#lib/runs/service";
import { listInvocations } from "#lib/runtime/invocations/read";
import { createOrganization, personContext } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { getUsageChart, getUsageMetrics } from "#lib/usage/service";
import { listDeliveries } from "#lib/webhooks/deliveries/service";
import { listWebhooks } from "#lib/webhooks/register/service";
import { listSessions as listWorkSessions } from "#lib/work-sessions/service";

await ownDatabase();

const volume = 0.12;
const page = { limit: 50, offset: 0 };
const never = new AbortController().signal;
let provider: FakeOpenAI;
let owner: Awaited<ReturnType<typeof createOrganization>>;
let ctx: Context;
let organizationId: string;

const fill = (signal = never, onProgress: (line: string) => void = () => undefined) =>
  fillDemo({ ownerId: owner.userId, signal, onProgress, volume });
const rowsOf = (table: string) =>
  system.one<{ rows: number }>(sql`select count(*) as rows from organizations where name like ${table}`);

async function abortedFilling(): Promise<void> {
  const stop = new AbortController();
  const filling = fill(stop.signal, () => stop.abort(new Error("killed")));
  await expect(filling).rejects.toThrow("killed");
}

beforeAll(async () => {
  // A provider that would answer, were it asked.
  provider = await startFakeOpenAI();
  configureProviders({ OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: provider.url });
  owner = await createOrganization({ name: "Real" });
  await abortedFilling();
  expect(await findDemo()).toMatchObject({ demoState: "filling" });
  expect((await listOwnOrganizations(owner.ctx)).organizations).toHaveLength(1);
  expect(await fill()).toBe("filled");
  organizationId = (await findDemo())?.id ?? "";
  ctx = personContext(organizationId, owner.userId, owner.email, "owner");
}, 60_000);

afterAll(async () => {
  configureProviders();
  await provider.close();
});

test("a filling that was cut off is made anew: there is one demo, marked as such, and its owner sees it", async () => {
  expect(await findDemo()).toEqual({ id: organizationId, demoState: "filled" });
  expect(await isDemo(ctx)).toBe(true);
  expect(await isDemo(owner.ctx)).toBe(false);
  const { organizations } = await listOwnOrganizations(ctx);
  expect(organizations.map(({ name }) => name)).toEqual(["Real", "Northwind Studio (demo)"].toSorted().reverse());
  expect((await rowsOf("Northwind%")).rows).toBe(1);
});

test("a second start changes nothing", async () => {
  const count = sql`
    select (select count(*) from runs) as runs, (select count(*) from audit_entries) as entries,
      (select count(*) from credit_transactions) as transactions, (select count(*) from organizations) as organizations`;
  const before = await system.one(count);
  expect(await fill()).toBe("there");
  expect(await system.one(count)).toEqual(before);
});

describe("the books", () => {
  test("the ledger adds up, and its rows are in the order of their times", async () => {
    expect(await findFaults(60, organizationId)).toEqual([]);
    const { wrong } = await system.one<{ wrong: number }>(sql`
      select count(*) as wrong from (
        select created_at < lag(created_at) over (order by position) as is_before from credit_transactions
        where organization_id = ${organizationId}) as t where is_before`);
    expect(wrong).toBe(0);
    const types = await system.all<{ type: string }>(sql`
      select distinct type from credit_transactions where organization_id = ${organizationId} order by type`);
    expect(types.map(({ type }) => type)).toEqual(["grant", "purchase", "refund", "usage"]);
  });

  test("the audit chain is whole and says when it was really written", async () => {
    const { entries, faults } = await verifyChain(organizationId);
    expect(faults).toEqual([]);
    // How much there is depends on the hour at which the story is told; that nothing is left out does not.
    const told = await system.one(sql`
      select count(*) as entries, count(*) filter (where event = 'agent.spawn') as spawned,
        count(*) filter (where event = 'agent.complete') as completed,
        count(*) filter (where event = 'agent.fail') as failed
      from audit_entries where organization_id = ${organizationId}`);
    const done = await system.one<object>(sql`
      select count(*) as spawned, count(*) filter (where status = 'completed') as completed,
        count(*) filter (where status in ('failed', 'cancelled')) as failed
      from runs where organization_id = ${organizationId} and kind in ('agent', 'team')`);
    expect(told).toEqual({ entries, ...done });
    expect(entries).toBeGreaterThan(50);
    const { old } = await system.one<{ old: number }>(sql`
      select count(*) as old from audit_entries
      where organization_id = ${organizationId} and created_at < now() - interval '1 hour'`);
    expect(old).toBe(0);
  });

  test("overview, metrics, chart and breakdown show the same sums, those of the rows themselves", async () => {
    const { creditsUsed, runs } = await summarize(ctx);
    const { data } = await getUsageChart(ctx, 30);
    const metrics = await getUsageMetrics(ctx);
    expect(data.reduce((sum, { credits }) => sum + credits, 0)).toBe(creditsUsed);
    expect(metrics.creditsUsed).toBe(creditsUsed);
    const { total } = await getUsageBreakdown(ctx, { by: "model", days: 30, limit: 10 });
    expect(total.credits).toBe(creditsUsed);
    const since = sql`created_at >= (date_trunc('day', now() at time zone 'UTC') - interval '29 days') at time zone 'UTC'`;
    const rows = await system.one<{ credits: number; invocations: number; calls: number; runs: number }>(sql`
      select
        (select -sum(amount)::bigint from credit_transactions
          where organization_id = ${organizationId} and type in ('usage', 'refund') and ${since}) as credits,
        (select sum(quantity) from usage_events where organization_id = ${organizationId} and type = 'invocation' and ${since}) as invocations,
        (select sum(quantity) from usage_events where organization_id = ${organizationId} and type = 'api_call' and ${since}) as calls,
        (select count(*) from runs where organization_id = ${organizationId} and ${since}) as runs`);
    expect(rows).toEqual({ credits: creditsUsed, invocations: total.invocations, calls: total.apiCalls, runs });
    expect(creditsUsed).toBeGreaterThan(0);
  });

  test("what agents cost is what their days' budgets say", async () => {
    const agents = sql`select budget_day as day, sum(actual_micros)::bigint as micros from agents
      where organization_id = ${organizationId} group by 1 having sum(actual_micros) > 0 order by 1`;
    const days = sql`select day, spent_micros as micros from budget_days
      where organization_id = ${organizationId} and scope = 'organization' and spent_micros > 0 order by 1`;
    expect(await system.all(days)).toEqual(await system.all(agents));
    const held = sql`select count(*) as held from agents
      where organization_id = ${organizationId} and (held_micros > 0 or status in ('spawning', 'running'))`;
    expect(await system.one(held)).toEqual({ held: 0 });
  });
});

test("nothing asked a model, wrote a mail or called a web hook", async () => {
  const { real } = await system.one<{ real: number }>(sql`
    select count(*) as real from run_steps where organization_id = ${organizationId} and not simulated`);
  expect(real).toBe(0);
  expect(provider.received).toEqual([]);
  const open = await system.one(sql`
    select (select count(*) from webhook_deliveries where status = 'pending') as deliveries,
      (select count(*) from runs where status in ('queued', 'running')) as runs,
      (select count(*) from webhook_endpoints where active) as hooks,
      (select count(*) from usage_alerts) as alerts`);
  expect(open).toEqual({ deliveries: 0, runs: 0, hooks: 0, alerts: 0 });
  const mailed = await system.all(sql`
    select id from api_keys where organization_id = ${organizationId} and created_by is not null`);
  expect(mailed).toEqual([]);
});

describe("every list has something to show", () => {
  const lists: Record<string, () => Promise<ArrayLike<unknown>>> = {
    runs: async () => (await listRuns(ctx, page)).items,
    keys: async () => (await listKeys(ctx)).apiKeys,
    members: async () => (await listMembers(ctx)).members,
    invitations: async () => (await listInvitations(ctx)).invitations,
    apps: async () => (await listApps(ctx)).apps,
    sessions: async () => (await listSessions(ctx, page)).items,
    topups: async () => (await listTopups(ctx, {})).topups,
    limits: () => listLimits(ctx),
    quotes: async () => (await listQuotes(ctx)).quotes,
    "decisions approved": async () => (await listDecisions(ctx, { state: "approved" })).decisions,
    "decisions waiting": async () => (await listDecisions(ctx, { state: "waiting" })).decisions,
    "decisions excepted": async () => (await listDecisions(ctx, { state: "excepted" })).decisions,
    "decisions declined": async () => (await listDecisions(ctx, { state: "declined" })).decisions,
    "exceptions open": async () => (await listExceptions(ctx, { status: "open" })).exceptions,
    "exceptions closed": async () => (await listExceptions(ctx, { status: "closed" })).exceptions,
    experiments: async () => (await listExperiments(ctx)).experiments,
    policies: async () => (await listPolicies(ctx)).versions,
    "realised margins": async () => (await reportRealised(ctx)).by_model_and_segment,
    projects: async () => (await listProjects(ctx)).data,
    accounts: async () => (await listAccounts(ctx)).data,
    "work sessions": async () => (await listWorkSessions(ctx)).data,
    handoffs: async () => (await listHandoffs(ctx)).data,
    knowledge: async () => (await listKnowledge(ctx)).data,
  };

  test.each(Object.keys(lists))("%s", async (name) => {
    expect((await lists[name]?.())?.length).toBeGreaterThan(0);
  });

  test("what lies in them: deployments that went live and that failed, calls, threads, deliveries", async () => {
    const { apps } = await listApps(ctx);
    const deployments = (await Promise.all(apps.map(({ id }) => listDeployments(ctx, id)))).flatMap(
      (one) => one.deployments,
    );
    expect(new Set(deployments.map(({ status }) => status))).toEqual(new Set(["completed", "failed"]));
    const calls = (await Promise.all(apps.map(({ id }) => listInvocations(ctx, id)))).flatMap((one) => one.invocations);
    expect(calls.length).toBeGreaterThan(10);
    const [session] = (await listSessions(ctx, page)).items;
    expect((await listThreads(ctx, session?._id ?? "")).length).toBe(1);
    const scope = { type: "agent_app", id: apps.find(({ name }) => name === "Support reply")?.id ?? "" } as const;
    const [hook] = (await listWebhooks(ctx, scope)).webhooks;
    const { deliveries } = await listDeliveries(ctx, scope, hook?.id ?? "");
    expect(new Set(deliveries.map(({ status }) => status))).toEqual(new Set(["failed"]));
    expect((await listKeys(ctx)).apiKeys.map(({ status }) => status).toSorted()).toContain("rotating");
  });
});

test("it is spread over four months, ends today, and nothing lies ahead or overlaps itself", async () => {
  const { first, last, days } = await system.one<{ first: number; last: number; days: number }>(sql`
    select extract(day from now() - min(created_at))::int as first, extract(day from now() - max(created_at))::int as last,
      count(distinct (created_at at time zone 'UTC')::date) as days
    from runs where organization_id = ${organizationId}`);
  expect(first).toBeGreaterThanOrEqual(90);
  expect(last).toBeLessThanOrEqual(1);
  expect(days).toBeGreaterThan(80);
  const { wrong } = await system.one<{ wrong: number }>(sql`
    select count(*) as wrong from runs r where organization_id = ${organizationId}
      and (created_at > now() or completed_at < created_at
        or exists (select 1 from run_steps s where s.run_id = r.id and s.created_at < r.created_at))`);
  expect(wrong).toBe(0);
});

test("every time an organization has is moved, or left for a reason", async () => {
  const left =
    /^(audit_|rate_|billing_customers|blocked_ips|budget_alerts|credit_holds|idempotency_keys|ip_policies|key_|package_uploads|prompt_cache|provider_|usage_alerts|used_)/;
  const staying =
    /^(expires_at|lease_expires_at|deadline_at|next_attempt_at|previous_|reserved_until|resets_at|purged_at|accepted_at|mailed_at)/;
  const columns = await system.all<{ table: string; column: string }>(sql`
    select c.table_name as "table", c.column_name as "column"
    from information_schema.columns c
    where c.table_schema = 'public' and c.data_type = 'timestamp with time zone' and exists (
      select 1 from information_schema.columns o
      where o.table_schema = 'public' and o.table_name = c.table_name and o.column_name = 'organization_id')`);
  const forgotten = columns.filter(
    ({ table, column }) => !left.test(table) && !staying.test(column) && !movedColumns[table]?.includes(column),
  );
  expect(forgotten).toEqual([]);
});

test("removing it takes its people with it and nothing else", async () => {
  expect(await removeDemo()).toBe(true);
  expect(await findDemo()).toBeUndefined();
  const left = await system.all(sql`select user_id from profiles where user_id = any (${[...madeUpIds]}::uuid[])`);
  expect(left).toEqual([]);
  const { organizations } = await listOwnOrganizations(owner.ctx);
  expect(organizations.map(({ name }) => name)).toEqual(["Real"]);
  expect(await removeDemo()).toBe(false);
});
