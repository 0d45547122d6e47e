import { type Context, systemContext } from "#lib/context";
import { system, systemTransaction, tenant, transaction } from "#lib/db/transaction";
import { canMail, sendMail } from "#lib/mail/mail";
import { recordAudit } from "#lib/records/service";
import {
  claimMails,
  type DueMail,
  insertAlerts,
  releaseMail,
  selectBudget,
  updateBudget,
} from "#lib/usage/budget/queries";
import type { BudgetAnswer, UpdateBudget } from "#lib/usage/budget/schema";
import { publishWebhook } from "#lib/webhooks/service";

const mailsMax = 20;

/** The monthly credit budget, what was used of it since the first of the month (UTC), and the alerts of this month. */
export async function getBudget(ctx: Context): Promise<BudgetAnswer> {
  const row = await selectBudget(tenant(ctx), ctx.organizationId);
  const percentUsed = row.monthlyCredits && Math.round((row.creditsUsed * 1_000) / row.monthlyCredits) / 10;
  return { budget: { ...row, percentUsed } };
}

/** Sets or lifts the budget. It raises alerts and blocks nothing: what cannot be overspent is the balance. */
export function setBudget(ctx: Context, { monthlyCredits }: UpdateBudget): Promise<BudgetAnswer> {
  return transaction(ctx, async (tx) => {
    await updateBudget(tx, ctx.organizationId, monthlyCredits);
    const resource = { type: "organization", id: ctx.organizationId };
    await recordAudit(tx, ctx, "config.change", resource, { monthly_credit_budget: monthlyCredits });
    return getBudget({ ...ctx, tx });
  });
}

function textOf({ name, percent, month, creditsUsed, budget }: DueMail): string {
  const state = percent === 100 ? "has used up" : `has used ${percent} % of`;
  return `${name} ${state} its credit budget for ${month}: ${creditsUsed} of ${budget} credits.\n\nThe budget only alerts: calls go on as long as there are credits.\n`;
}

async function mailOwners(due: DueMail): Promise<boolean> {
  const subject = `${due.name}: ${due.percent} % of this month's credit budget is used`;
  const sent = await Promise.all(due.owners.map((to) => sendMail({ to, subject, text: textOf(due) })));
  return sent.length === 0 || sent.includes(true);
}

/**
 * Raises the alerts that are due in all organizations with a budget, and mails their owners when a mail server is
 * configured. A mail that fails is tried again in the next rounds, for a day.
 */
export async function raiseBudgetAlerts(): Promise<void> {
  await systemTransaction(async (tx) => {
    // Few: each organization reaches each share once a month.
    for (const { organizationId, data } of await insertAlerts(tx)) {
      const publication = { event: "budget.alert", data, scope: { type: "organization" } } as const;
      await publishWebhook(tx, systemContext(organizationId), publication);
    }
  });
  if (!canMail()) return;
  const claimed = await claimMails(system, mailsMax);
  let isDown = false;
  for (const due of claimed) {
    // A mail server that is down is not asked again and again within one round.
    if (isDown || !(await mailOwners(due))) {
      isDown = true;
      await releaseMail(system, due);
    }
  }
}
