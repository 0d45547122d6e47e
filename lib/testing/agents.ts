import { expect } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { drainQueue } from "#lib/queue/drain";
import { runQueue } from "#lib/runs/worker";
import { send } from "#lib/testing/client";

export const task = "Summarize the tides";

/** Spawns an agent (A19); answers its id. */
export async function spawn(apiKey: string, body: object = {}): Promise<string> {
  const answer = await send("POST /api/spawn", { apiKey, body: { model: "k2p5", task, ...body } });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.agent_id;
}

export async function agentOf(apiKey: string, id: string) {
  const { body } = await send(`GET /api/agent/${id}`, { apiKey });
  return body;
}

/** Carries out whatever waits in this test's database. */
export const workOff = () => drainQueue(runQueue);

type BudgetRow = { spent: number; simulated: number; reserved: number };

/** Today's counters of an organization, or of one of its keys or teams, in micro-dollars. */
export async function budgetRow(organizationId: string, scope = "organization", subject = ""): Promise<BudgetRow> {
  const row = await system.maybe<BudgetRow>(sql`
    select spent_micros as spent, simulated_micros as simulated, reserved_micros as reserved from budget_days
    where organization_id = ${organizationId} and scope = ${scope} and subject = ${subject}
      and day = (now() at time zone 'UTC')::date`);
  return row ?? { spent: 0, simulated: 0, reserved: 0 };
}

/** The types of what followers of the organization were told of an agent, in order. */
export async function eventsOf(organizationId: string, agentId: string): Promise<string[]> {
  const rows = await system.all<{ type: string }>(sql`
    select type from events where organization_id = ${organizationId} and data ->> 'agent_id' = ${agentId} order by id`);
  return rows.map(({ type }) => type);
}

/** Sets the daily budget in dollars (+A3). */
export async function setDailyBudget(apiKey: string, dollars: number): Promise<void> {
  const answer = await send("PUT /api/orchestrator/config", { apiKey, body: { daily_budget: dollars } });
  expect(answer.status, answer.text).toBe(200);
}
