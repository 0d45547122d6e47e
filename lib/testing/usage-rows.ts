import { randomUUID } from "node:crypto";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import { addDays, utcDay } from "#lib/usage/days";

/** Noon (UTC) of the day `days` days ago. */
export function daysAgo(days: number, time = "12:00:00"): string {
  return `${addDays(utcDay(new Date()), -days)}T${time}Z`;
}

export type UsageRow = {
  type: string;
  at: string;
  description?: string;
  quantity?: number;
  value?: number | null;
  model?: string | null;
  keyId?: string | null;
  userId?: string | null;
  agentAppId?: string | null;
  costMicros?: number | null;
};

/** Puts rows into the usage ledger as they are, at times of the test's choosing. Answers their ids. */
export async function addUsage(organizationId: string, rows: UsageRow[]): Promise<string[]> {
  const full = rows.map((row) => ({ id: uuidv7(), description: row.type, quantity: 1, ...row }));
  await system.run(sql`
    insert into usage_events (id, organization_id, type, description, quantity, value, model, api_key_id, user_id,
      agent_app_id, cost_micros, created_at)
    select id, ${organizationId}::uuid, type, description, quantity, value, model, "keyId", "userId", "agentAppId", "costMicros", at
    from json_to_recordset(${JSON.stringify(full)}::json) as r (id uuid, type text, description text, quantity integer,
      value numeric, model text, "keyId" uuid, "userId" uuid, "agentAppId" uuid, "costMicros" bigint, at timestamptz)`);
  return full.map(({ id }) => id);
}

/** Moves credits at a time of the test's choosing; the running balance stays exact. */
export async function moveCredits(
  organizationId: string,
  type: "usage" | "refund" | "grant" | "purchase",
  amount: number,
  at: string,
): Promise<void> {
  await system.run(sql`
    with moved as (
      update organizations set credits = credits + ${amount}::bigint where id = ${organizationId} returning credits
    )
    insert into credit_transactions (organization_id, type, amount, balance_after, description, reference, created_at)
    select ${organizationId}::uuid, ${type}, ${amount}::bigint, credits, 'Moved by a test', ${`test:${randomUUID()}`}, ${at}::timestamptz
    from moved`);
}

/** The last day whose totals stand for an organization. */
export async function closedThrough(organizationId: string): Promise<string> {
  const row = await system.one<{ through: string }>(sql`
    select through from usage_rollups where organization_id = ${organizationId}`);
  return row.through;
}
