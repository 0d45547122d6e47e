import { audit } from "#lib/audit/service";
import { type LimitedProvider, providerLoads } from "#lib/budgets/providers";
import {
  getAlertSettings,
  getBudget,
  listLimits,
  setAlertSettings,
  setDailyBudget,
  setLimit,
} from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { setProviderLimit } from "#lib/models/provider-limits";
import type { Config, UpdateConfig } from "#lib/orchestrator/config-schema";
import { microsToDollars, toMillionths } from "#lib/pricing/decimal";
import { getRetentionDays, setRetentionDays } from "#lib/privacy/service";
import { findTeam } from "#lib/teams/service";

/** Budgets, provider limits, spending alerts and retention of the organization (contract +A3). */
export async function getConfig(ctx: Context): Promise<Config> {
  const [budget, loads, alerts, retention_days, limits] = await Promise.all([
    getBudget(ctx),
    providerLoads(ctx),
    getAlertSettings(ctx),
    getRetentionDays(ctx),
    listLimits(ctx),
  ]);
  const limitOf = (name: LimitedProvider) => loads.find(({ provider }) => provider === name)?.limit ?? 0;
  return {
    daily_budget: microsToDollars(budget.daily),
    provider_limits: { anthropic: limitOf("anthropic"), "kimi-coding": limitOf("kimi-coding") },
    spending_alerts: { percents: alerts.alertPercents, mail: alerts.alertMail },
    retention_days,
    budgets: limits.map(({ scope, subject: id, daily, spent, reserved }) => ({
      scope,
      id,
      daily_budget: microsToDollars(daily),
      today_spend: microsToDollars(spent),
      reserved: microsToDollars(reserved),
    })),
  };
}

type BudgetChange = NonNullable<UpdateConfig["budgets"]>[number];

async function changeBudget(ctx: Context, { scope, id, daily_budget }: BudgetChange): Promise<void> {
  const isGiven = daily_budget !== null;
  if (isGiven && scope === "team" && !(await findTeam(ctx, id)))
    throw invalid([{ field: "budgets", message: `Unknown team: ${id}` }]);
  await setLimit(ctx, { scope, subject: id, micros: isGiven ? toMillionths(daily_budget) : null });
}

async function changeAlerts(ctx: Context, { percents, mail }: NonNullable<UpdateConfig["spending_alerts"]>) {
  const known = await getAlertSettings(ctx);
  await setAlertSettings(ctx, { alertPercents: percents ?? known.alertPercents, alertMail: mail ?? known.alertMail });
}

/** Changes what is given, all of it or nothing. Throws `validation` for an unknown key or team. */
export async function updateConfig(given: Context, input: UpdateConfig): Promise<Config> {
  await transaction(given, async (tx) => {
    const ctx = { ...given, tx };
    if (input.daily_budget !== undefined) await setDailyBudget(ctx, toMillionths(input.daily_budget));
    for (const [provider, calls] of Object.entries(input.provider_limits ?? {})) {
      if (calls !== undefined) await setProviderLimit(ctx, provider as LimitedProvider, calls);
    }
    if (input.spending_alerts) await changeAlerts(ctx, input.spending_alerts);
    if (input.retention_days !== undefined) await setRetentionDays(ctx, input.retention_days);
    for (const change of input.budgets ?? []) await changeBudget(ctx, change);
    const resource = { type: "orchestrator", id: ctx.organizationId };
    await audit(tx, ctx, { event: "config.change", resource, details: input });
  });
  return getConfig(given);
}
