import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { creditRows } from "#lib/usage/source";

const month = sql`date_trunc('month', now() at time zone 'UTC')::date`;
// Longer than any month: nothing is used in the future.
const used = sql`(
  select coalesce(sum(credits), 0)::bigint
  from (${creditRows({ organization: sql`o.id`, from: month, to: sql`(${month} + 31)` })}) as paid)`;

export type BudgetRow = {
  monthlyCredits: number | null;
  creditsUsed: number;
  month: string;
  alerts: { percent: number; creditsUsed: number; monthlyCredits: number; timestamp: string }[];
};

/** The budget of this UTC month with what was used of it and the alerts raised so far, smallest share first. */
export function selectBudget(tx: Tx, organizationId: string): Promise<BudgetRow> {
  return tx.one(sql`
    select o.monthly_credit_budget as monthly_credits, greatest(${used}, 0) as credits_used, to_char(${month}, 'YYYY-MM') as month,
      coalesce((
        select json_agg(json_build_object('percent', a.percent, 'creditsUsed', a.credits_used, 'monthlyCredits', a.budget,
          'timestamp', to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by a.percent)
        from usage_alerts a where a.organization_id = o.id and a.month = ${month}), '[]') as alerts
    from organizations o where o.id = ${organizationId}`);
}

export function updateBudget(tx: Tx, organizationId: string, monthlyCredits: number | null): Promise<number> {
  return tx.run(sql`
    update organizations set monthly_credit_budget = ${monthlyCredits}::integer, updated_at = now() where id = ${organizationId}`);
}

export type Alert = { organizationId: string; data: Record<string, unknown> };

/** Notes each share of a budget that was reached, once per month, and tells followers. Answers what is new. */
export function insertAlerts(tx: Tx): Promise<Alert[]> {
  return tx.all(sql`
    with spent as (
      select o.id, o.monthly_credit_budget as budget, ${used} as used
      from organizations o
      where o.monthly_credit_budget is not null and not exists (
        select 1 from usage_alerts a where a.organization_id = o.id and a.month = ${month} and a.percent = 100)
    ), raised as (
      insert into usage_alerts (organization_id, month, percent, credits_used, budget)
      select id, ${month}, percent, used, budget from spent, unnest(array[50, 80, 100]) as percent
      where used * 100 >= budget::bigint * percent
      on conflict do nothing
      returning organization_id, month, percent, credits_used, budget
    )
    insert into events (organization_id, type, data)
    select organization_id, 'budget.alert', jsonb_build_object('percent', percent, 'month', to_char(month, 'YYYY-MM'),
      'credits_used', credits_used, 'monthly_credits', budget)
    from raised order by organization_id, percent
    returning organization_id, data`);
}

export type DueMail = {
  organizationId: string;
  name: string;
  month: string;
  percent: number;
  creditsUsed: number;
  budget: number;
  owners: string[];
};

/** Takes the alerts of up to `limit` organizations to be mailed: of each month only the highest, addressed to the owners. */
export function claimMails(tx: Tx, limit: number): Promise<DueMail[]> {
  return tx.all(sql`
    with due as (
      select organization_id, month, percent from usage_alerts
      where mailed_at is null and created_at > now() - interval '1 day'
      order by created_at limit ${limit} for update skip locked
    ), claimed as (
      update usage_alerts a set mailed_at = now() from due
      where a.organization_id = due.organization_id and a.month = due.month and a.percent = due.percent
      returning a.organization_id, a.month, a.percent, a.credits_used, a.budget
    ), highest as (
      select distinct on (organization_id, month) organization_id, month, percent, credits_used, budget
      from claimed order by organization_id, month, percent desc
    )
    select h.organization_id, o.name, to_char(h.month, 'YYYY-MM') as month, h.percent, h.credits_used, h.budget,
      (select coalesce(array_agg(p.email order by m.joined_at), '{}') from members m join profiles p on p.user_id = m.user_id
        where m.organization_id = h.organization_id and m.role = 'owner') as owners
    from highest h join organizations o on o.id = h.organization_id`);
}

/** Gives back an alert whose mail could not be sent, for the next round. */
export async function releaseMail(tx: Tx, { organizationId, month: named, percent }: DueMail): Promise<void> {
  await tx.run(sql`
    update usage_alerts set mailed_at = null
    where organization_id = ${organizationId} and month = to_date(${named}, 'YYYY-MM') and percent = ${percent}`);
}
