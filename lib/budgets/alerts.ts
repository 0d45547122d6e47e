import { type Budget, levelsReached, utilizationOf } from "#lib/budgets/figures";
import { insertAlerts, selectAlertSettings, selectBudget, selectOwners } from "#lib/budgets/queries";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { canMail, sendMail } from "#lib/mail/mail";
import { microsToDollars } from "#lib/pricing/decimal";
import { raiseBudgetEvents } from "#lib/pricing/health/budget";
import { recordEvent } from "#lib/records/service";

/** The percentages that somebody wants to hear of and that are reached, as `alert_percents` names them. */
function percentsReached({ daily, spent }: Budget, percents: readonly number[]): string[] {
  return percents.filter((percent) => spent > 0 && spent * 100 >= daily * percent).map(String);
}

async function mail(tx: Tx, ctx: Context, percents: readonly string[], budget: Budget): Promise<void> {
  if (!canMail()) return;
  const highest = percents.at(-1) ?? "";
  const text = `Your organization has spent $${microsToDollars(budget.spent)} of its daily model budget of $${microsToDollars(budget.daily)}: ${highest}% is reached.\n`;
  const owners = await selectOwners(tx, ctx.organizationId);
  for (const { email } of owners) {
    tx.afterCommit(() => sendMail({ to: email, subject: `${highest}% of today's model budget is spent`, text }));
  }
}

/**
 * Tells that a level of the budget, or a percentage somebody asked for, is reached: each once per UTC day. For whoever has
 * just spent, in the same transaction.
 */
export async function raiseAlerts(tx: Tx, ctx: Context): Promise<void> {
  const budget = await selectBudget(tx, ctx.organizationId);
  if (budget.spent === 0) return;
  await raiseBudgetEvents(tx, ctx, { spendMicros: budget.spent, budgetMicros: budget.daily });
  const settings = await selectAlertSettings(tx, ctx.organizationId);
  const reached = [...levelsReached(budget), ...percentsReached(budget, settings.alertPercents)];
  const raised = reached.length > 0 ? await insertAlerts(tx, ctx.organizationId, reached) : [];
  const percents: string[] = [];
  for (const { level } of raised) {
    const isPercent = /^\d+$/.test(level);
    if (isPercent) percents.push(level);
    const facts = {
      today_spend: microsToDollars(budget.spent),
      daily_budget: microsToDollars(budget.daily),
      budget_utilization_pct: utilizationOf(budget),
    };
    if (isPercent) await recordEvent(tx, ctx, "budget.spending_alert", { percent: Number(level), ...facts });
    else await recordEvent(tx, ctx, `budget.${level}`, { level, ...facts });
  }
  percents.sort((one, other) => Number(one) - Number(other));
  if (percents.length > 0 && settings.alertMail) await mail(tx, ctx, percents, budget);
}
