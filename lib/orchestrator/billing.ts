import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { tenant } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { type Bill, selectSimulatedBills } from "#lib/orchestrator/queries";
import type { BillingQuery, BillingUsage } from "#lib/orchestrator/schema";
import { divideHalfUp } from "#lib/pricing/decimal";
import { daysIn, utcDay } from "#lib/usage/days";
import { usageRows } from "#lib/usage/source";

const daysMax = 366;
const centMicros = 10_000;
const unnamed = "other";

/** What the usage ledger holds of model costs, by model and day. */
function selectCosts(ctx: Context, from: string, to: string): Promise<Bill[]> {
  const organization = sql`${ctx.organizationId}::uuid`;
  return tenant(ctx).all(sql`
    select coalesce(model, ${unnamed}::text) as model, to_char(day, 'YYYY-MM-DD') as day, sum(cost_micros)::bigint as micros
    from (${usageRows({ organization, from: sql`${from}::date`, to: sql`${to}::date` })}) as used
    where cost_micros > 0
    group by 1, 2 order by 2, 1 limit 20000`);
}

function sumsBy(bills: readonly Bill[], nameOf: (bill: Bill) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const bill of bills) sums.set(nameOf(bill), (sums.get(nameOf(bill)) ?? 0) + bill.micros);
  return sums;
}

const centsOf = (micros: number) => Number(divideHalfUp(BigInt(micros), BigInt(centMicros)));

/** Parts in whole cents that add up to `total`: each rounded down, what is missing goes to the largest remainders. */
export function inCents(parts: ReadonlyMap<string, number>, total: number): Record<string, number> {
  const rows = [...parts].map(([name, micros]) => {
    const rest = micros % centMicros;
    return { name, cents: (micros - rest) / centMicros, rest };
  });
  let missing = total - rows.reduce((sum, { cents }) => sum + cents, 0);
  const order = rows.toSorted((one, other) => other.rest - one.rest || (one.name < other.name ? -1 : 1));
  for (const row of order) {
    if (missing <= 0) break;
    row.cents += 1;
    missing -= 1;
  }
  return Object.fromEntries(rows.map(({ name, cents }) => [name, cents / 100]));
}

/**
 * What models have cost from `start` to `end` (UTC days, both included; this month unless said), by model and by day. Both
 * add up to the total. Throws `validation` for a span that is none, or longer than a year.
 */
export async function getBillingUsage(ctx: Context, query: BillingQuery): Promise<BillingUsage> {
  const today = utcDay(new Date());
  const to = query.end ?? today;
  const from = query.start ?? `${to.slice(0, 8)}01`;
  const days = daysIn({ from, to });
  if (days < 1) throw invalid([{ field: "start", message: "start must not be after end" }]);
  if (days > daysMax)
    throw invalid([{ field: "start", message: `start and end must be at most ${daysMax} days apart` }]);
  const [real, simulated] = await Promise.all([
    selectCosts(ctx, from, to),
    selectSimulatedBills(tenant(ctx), ctx.organizationId, from, to),
  ]);
  const bills = [...real, ...simulated];
  const sum = (rows: readonly Bill[]) => rows.reduce((total, { micros }) => total + micros, 0);
  const total = centsOf(sum(bills));
  return {
    period: `${from} to ${to}`,
    total_cost: total / 100,
    by_model: inCents(
      sumsBy(bills, ({ model }) => model),
      total,
    ),
    by_day: inCents(
      sumsBy(bills, ({ day }) => day),
      total,
    ),
    simulated_cost: centsOf(sum(simulated)) / 100,
  };
}
