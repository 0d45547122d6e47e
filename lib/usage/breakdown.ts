import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { lastDays } from "#lib/usage/days";
import { type GroupRow, selectGroups } from "#lib/usage/queries";
import type { BreakdownQuery, UsageBreakdown, UsageTotals } from "#lib/usage/schema";

/** Splits a whole number over shares that nearly add up to it (by less than 1), each rounded up or down. */
export function apportion(total: number, shares: number[]): number[] {
  const parts = shares.map(Math.floor);
  const missing = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = shares.map((_, index) => index).sort((a, b) => remainder(shares, b) - remainder(shares, a));
  for (const index of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

function remainder(shares: number[], index: number): number {
  const share = shares[index] ?? 0;
  return share - Math.floor(share);
}

/**
 * Credits of each group in whole ones, so that they add up to what the ledger took. A model call costs a fraction of a
 * credit, which the ledger takes once it is whole; what no usage accounts for belongs to none.
 */
function creditsOf(rows: GroupRow[]): number[] {
  const paid = rows.reduce((sum, row) => sum + row.paid, 0);
  const named = rows.filter(({ kind }) => kind !== "none");
  // Sums of binary fractions: a difference below a micro-dollar is none.
  const rest = Math.round((paid - named.reduce((sum, row) => sum + row.attributed, 0)) * 10_000) / 10_000;
  const unattributed = Math.trunc(rest);
  const parts = apportion(
    paid - unattributed,
    named.map(({ attributed }) => attributed),
  );
  return rows.map((row) => (row.kind === "none" ? unattributed : (parts[named.indexOf(row)] ?? 0)));
}

function sum(rows: UsageTotals[]): UsageTotals {
  const known = rows.filter(({ costMicros }) => costMicros !== null);
  return {
    invocations: rows.reduce((total, row) => total + row.invocations, 0),
    apiCalls: rows.reduce((total, row) => total + row.apiCalls, 0),
    credits: rows.reduce((total, row) => total + row.credits, 0),
    costMicros: known.length ? known.reduce((total, row) => total + (row.costMicros ?? 0), 0) : null,
  };
}

/** Takes up what the ledger took beyond, or short of, what is attributed. */
const nobody: GroupRow = {
  kind: "none",
  id: null,
  name: null,
  groups: 1,
  invocations: 0,
  apiCalls: 0,
  attributed: 0,
  paid: 0,
  costMicros: null,
};
const isEmpty = (totals: UsageTotals) => !Object.values(totals).some(Boolean);
const missingNames = { model: "Unknown model", app: "Deleted app", key: "Deleted key", member: "Former member" };

/**
 * The usage of the last `days` UTC days by model, agent app, key or member: the first `limit` by credits, then
 * invocations, then calls; the others together; and what belongs to none. All of it adds up to `total`.
 */
export async function getUsageBreakdown(ctx: Context, query: BreakdownQuery, at = new Date()): Promise<UsageBreakdown> {
  const { by, days, limit } = query;
  const found = await selectGroups(tenant(ctx), ctx.organizationId, lastDays(days, at), by, limit);
  const rows = found.some(({ kind }) => kind === "none") ? found : [...found, nobody];
  const credits = creditsOf(rows);
  const groups = rows.map(({ kind, id, name, groups: count, invocations, apiCalls, costMicros }, index) => {
    const totals = { invocations, apiCalls, credits: credits[index] ?? 0, costMicros };
    return { kind, id, name, count, totals };
  });
  const items = groups.filter(({ kind, totals }) => kind === "item" || (kind === "none" && !isEmpty(totals)));
  const other = groups.find(({ kind }) => kind === "other");
  return {
    by,
    days,
    items: items.map(({ kind, id, name, totals }) => ({
      id,
      name: kind === "none" ? "Not attributed" : (name ?? missingNames[by]),
      ...totals,
    })),
    other: other ? { count: other.count, ...other.totals } : null,
    total: sum(groups.map(({ totals }) => totals)),
  };
}
