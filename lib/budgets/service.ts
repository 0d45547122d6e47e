import type { Budget } from "#lib/budgets/figures";
import {
  type AlertSettings,
  deleteLimit,
  type LimitRow,
  selectAlertSettings,
  selectBudget,
  selectLimits,
  selectOwnKey,
  upsertAlertSettings,
  upsertDaily,
  upsertLimit,
} from "#lib/budgets/queries";
import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { isUuid } from "#lib/id";

/** Today's budget of the organization and what is spent and held of it, in micro-dollars. */
export function getBudget(ctx: Context): Promise<Budget> {
  return selectBudget(tenant(ctx), ctx.organizationId);
}

/** The budgets of single keys and teams, with what is used of them today. */
export function listLimits(ctx: Context): Promise<LimitRow[]> {
  return selectLimits(tenant(ctx), ctx.organizationId);
}

/** Sets the organization's daily budget in micro-dollars; it holds at once. */
export async function setDailyBudget(ctx: Context, micros: number): Promise<void> {
  await transaction(ctx, (tx) => upsertDaily(tx, ctx.organizationId, micros));
}

export type LimitChange = { scope: "key" | "team"; subject: string; micros: number | null };

/** Sets or, with null, takes away the daily budget of a key or a team. Throws `validation` for an unknown key. */
export async function setLimit(ctx: Context, { scope, subject, micros }: LimitChange): Promise<void> {
  await transaction(ctx, async (tx) => {
    const of = { scope, subject };
    if (micros === null) return void (await deleteLimit(tx, ctx.organizationId, of));
    const isKnown = scope === "team" || (isUuid(subject) && (await selectOwnKey(tx, ctx.organizationId, subject)));
    if (!isKnown) throw invalid([{ field: "budgets", message: `Unknown key: ${subject}` }]);
    await upsertLimit(tx, ctx.organizationId, of, micros);
  });
}

/** At which percentages of the daily budget somebody wants to hear of it, and whether by mail as well. */
export function getAlertSettings(ctx: Context): Promise<AlertSettings> {
  return selectAlertSettings(tenant(ctx), ctx.organizationId);
}

export async function setAlertSettings(ctx: Context, settings: AlertSettings): Promise<void> {
  const alertPercents = [...new Set(settings.alertPercents)].toSorted((one, other) => one - other);
  await transaction(ctx, (tx) => upsertAlertSettings(tx, ctx.organizationId, { ...settings, alertPercents }));
}
