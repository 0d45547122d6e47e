import { type Context, systemContext } from "#lib/context";
import { system, type Tx, tenant, transaction } from "#lib/db/transaction";
import { microsToDollars, quotient } from "#lib/pricing/decimal";
import {
  insertBudgetAlerts,
  selectDailyBudget,
  selectOverspent,
  selectTodaySpend,
  type Threshold,
} from "#lib/pricing/health/queries";
import { publishPricing } from "#lib/webhooks/pricing/service";

/** $50 a day, unless the organization set another budget. */
export const defaultDailyBudgetMicros = 50_000_000;

/** Shares of the daily budget above which web hooks are told (contract A7). */
const thresholds: readonly Threshold[] = [
  { level: "warning", percent: 80 },
  { level: "critical", percent: 95 },
];
const perRound = 200;

/** What the organization means to spend on models per UTC day, in micro-dollars. */
export async function dailyBudgetMicros(ctx: Context, tx: Tx = tenant(ctx)): Promise<number> {
  return (await selectDailyBudget(tx, ctx.organizationId))?.dailyBudgetMicros ?? defaultDailyBudgetMicros;
}

/** What models have cost the organization since midnight UTC, in micro-dollars; simulated calls cost nothing. */
export async function todaySpendMicros(ctx: Context, tx: Tx = tenant(ctx)): Promise<number> {
  return (await selectTodaySpend(tx, ctx.organizationId)).costMicros;
}

export type Spending = { spendMicros: number; budgetMicros: number };

/** Share of a budget in percent with so many decimals; of no budget at all, any spend is 100 %. */
export function utilization({ spendMicros, budgetMicros }: Spending, decimals: number): number {
  if (budgetMicros === 0) return spendMicros === 0 ? 0 : 100;
  return quotient(spendMicros * 100, budgetMicros, decimals);
}

/**
 * Fires `pricing.budget_warning` above 80 % and `pricing.budget_critical` above 95 % of the daily budget, each once per UTC
 * day. For whoever has just added to today's spend, in that transaction.
 */
export async function raiseBudgetEvents(tx: Tx, ctx: Context, spending: Spending): Promise<void> {
  const raised = await insertBudgetAlerts(tx, ctx.organizationId, spending, thresholds);
  const happened = raised.map(({ level, day }) => ({
    event: `pricing.budget_${level}` as const,
    data: {
      day,
      today_spend: microsToDollars(spending.spendMicros),
      daily_budget: microsToDollars(spending.budgetMicros),
      budget_utilization_pct: utilization(spending, 2),
    },
  }));
  await publishPricing(tx, ctx, happened);
}

/** The same for every organization whose spend passed a threshold unnoticed. Any number of workers may do it at once. */
export async function raiseAllBudgetEvents(): Promise<void> {
  const lowest = Math.min(...thresholds.map(({ percent }) => percent));
  const due = await selectOverspent(system, lowest, thresholds.length, defaultDailyBudgetMicros, perRound);
  // Few: each organization passes each threshold once a day.
  for (const { organizationId, ...spending } of due) {
    const ctx = systemContext(organizationId);
    await transaction(ctx, (tx) => raiseBudgetEvents(tx, ctx, spending));
  }
}
