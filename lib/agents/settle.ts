import { simulatedMicros } from "#lib/agents/estimate";
import { type AgentRow, updateSpent } from "#lib/agents/queries";
import { type Spender, settleBudget } from "#lib/budgets/hold";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { catalogue } from "#lib/models/catalogue";
import type { Step } from "#lib/runs/schema";

/** Whose budgets an agent draws on: those of who spawned it, whoever ends it. */
export function spenderOf({ owner, team }: Pick<AgentRow, "owner" | "team">): Spender {
  return { keyId: owner.startsWith("key:") ? owner.slice("key:".length) : null, team };
}

/** Counts what a call has cost against what the agent holds (micro-dollars); beyond it, against the day's budget. */
export async function spend(tx: Tx, ctx: Context, row: AgentRow, micros: number, isSimulated = false): Promise<void> {
  if (micros === 0) return;
  const released = Math.min(row.heldMicros, micros);
  await updateSpent(tx, ctx.organizationId, row.runId, { spent: micros, released });
  const move = { day: row.budgetDay, spent: micros, simulated: isSimulated ? micros : 0, released };
  await settleBudget(tx, ctx, spenderOf(row), move);
}

/** Gives back what an agent that has ended still holds. */
export async function release(tx: Tx, ctx: Context, row: AgentRow, heldMicros: number): Promise<void> {
  if (heldMicros === 0) return;
  await updateSpent(tx, ctx.organizationId, row.runId, { spent: 0, released: heldMicros });
  const move = { day: row.budgetDay, spent: 0, simulated: 0, released: heldMicros };
  await settleBudget(tx, ctx, spenderOf(row), move);
}

type Made = Pick<Step, "name" | "model" | "simulated">;

/** What the simulator bills for its part of the work: 60 % of the estimate, by the members that it answered for. */
export function simulatedBill(estimatedMicros: number, steps: readonly Made[]): number {
  const asked = steps.filter(({ name }) => name === "generate");
  const priceOf = ({ model }: Made) => catalogue.find(({ name }) => name === model)?.price?.input ?? 0;
  const sum = (made: readonly Made[]) => made.reduce((total, step) => total + priceOf(step), 0);
  const whole = sum(asked);
  const part = sum(asked.filter(({ simulated }) => simulated));
  return whole === 0 ? 0 : simulatedMicros(Math.round((estimatedMicros * part) / whole));
}
