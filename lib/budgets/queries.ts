import { type Budget, defaultDailyMicros } from "#lib/budgets/figures";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type Scope = "organization" | "key" | "team";
/** Whose budget: a key's id, a team, or nothing for the organization. */
export type Subject = { scope: Scope; subject: string };

/** Today by the database's clock, in UTC. */
export const today: Sql = sql`(now() at time zone 'UTC')::date`;

const limitOf = (organizationId: string, { scope, subject }: Subject): Sql =>
  scope === "organization"
    ? sql`coalesce((select daily_budget_micros from orchestrator_settings where organization_id = ${organizationId}),
        ${defaultDailyMicros}::bigint)`
    : sql`(select daily_micros from budget_limits
        where organization_id = ${organizationId} and scope = ${scope} and subject = ${subject})`;

/**
 * Holds an amount of today's budget when it fits beside what is spent and held: one statement, so that any number of
 * callers at once hold no more than there is. 0 when it does not fit. A subject without a budget of its own always fits.
 */
export function holdWithin(tx: Tx, organizationId: string, of: Subject, micros: number): Promise<number> {
  const limit = limitOf(organizationId, of);
  return tx.run(sql`
    with bound as (select ${limit} as most)
    insert into budget_days as b (organization_id, day, scope, subject, reserved_micros)
    select ${organizationId}, ${today}, ${of.scope}, ${of.subject}, ${micros}::bigint from bound
    where most is null or most >= ${micros}::bigint
    on conflict (organization_id, day, scope, subject) do update
      set reserved_micros = b.reserved_micros + excluded.reserved_micros
      where (select most from bound) is null
        or b.spent_micros + b.reserved_micros + excluded.reserved_micros <= (select most from bound)`);
}

export type Move = { day: string; spent: number; simulated: number; released: number };

/** Moves what was held of a day to what was spent, or gives it back. The rows are there since it was held. */
export function moveHeld(tx: Tx, organizationId: string, of: Subject, move: Move): Promise<number> {
  return tx.run(sql`
    update budget_days set spent_micros = spent_micros + ${move.spent}::bigint,
      simulated_micros = simulated_micros + ${move.simulated}::bigint,
      reserved_micros = greatest(0, reserved_micros - ${move.released}::bigint)
    where organization_id = ${organizationId} and day = ${move.day}::date and scope = ${of.scope}
      and subject = ${of.subject}`);
}

export function selectBudget(tx: Tx, organizationId: string): Promise<Budget> {
  return tx.one(sql`
    select ${limitOf(organizationId, { scope: "organization", subject: "" })} as daily,
      coalesce(sum(spent_micros), 0)::bigint as spent, coalesce(sum(simulated_micros), 0)::bigint as simulated,
      coalesce(sum(reserved_micros), 0)::bigint as reserved
    from budget_days
    where organization_id = ${organizationId} and day = ${today} and scope = 'organization' and subject = ''`);
}

export type LimitRow = Budget & { scope: "key" | "team"; subject: string };

/** The budgets of keys and teams with what is used of them today. */
export function selectLimits(tx: Tx, organizationId: string): Promise<LimitRow[]> {
  return tx.all(sql`
    select l.scope, l.subject, l.daily_micros as daily, coalesce(d.spent_micros, 0)::bigint as spent,
      coalesce(d.simulated_micros, 0)::bigint as simulated, coalesce(d.reserved_micros, 0)::bigint as reserved
    from budget_limits l left join budget_days d on d.organization_id = l.organization_id and d.day = ${today}
      and d.scope = l.scope and d.subject = l.subject
    where l.organization_id = ${organizationId}
    order by l.scope, l.subject limit 1000`);
}

export function upsertDaily(tx: Tx, organizationId: string, micros: number): Promise<number> {
  return tx.run(sql`
    insert into orchestrator_settings (organization_id, daily_budget_micros) values (${organizationId}, ${micros})
    on conflict (organization_id) do update
      set daily_budget_micros = excluded.daily_budget_micros, updated_at = now()`);
}

export function upsertLimit(tx: Tx, organizationId: string, of: Subject, micros: number): Promise<number> {
  return tx.run(sql`
    insert into budget_limits (organization_id, scope, subject, daily_micros)
    values (${organizationId}, ${of.scope}, ${of.subject}, ${micros})
    on conflict (organization_id, scope, subject) do update
      set daily_micros = excluded.daily_micros, updated_at = now()`);
}

export function deleteLimit(tx: Tx, organizationId: string, of: Subject): Promise<number> {
  return tx.run(sql`
    delete from budget_limits
    where organization_id = ${organizationId} and scope = ${of.scope} and subject = ${of.subject}`);
}

/** Whether the organization has a key of this id. */
export function selectOwnKey(tx: Tx, organizationId: string, keyId: string): Promise<{ id: string } | undefined> {
  return tx.maybe(sql`select id from api_keys where organization_id = ${organizationId} and id = ${keyId}`);
}

export type AlertSettings = { alertPercents: number[]; alertMail: boolean };

export async function selectAlertSettings(tx: Tx, organizationId: string): Promise<AlertSettings> {
  const row = await tx.maybe<AlertSettings>(sql`
    select alert_percents, alert_mail from orchestrator_settings where organization_id = ${organizationId}`);
  return row ?? { alertPercents: [70, 90], alertMail: false };
}

export function upsertAlertSettings(tx: Tx, organizationId: string, given: AlertSettings): Promise<number> {
  return tx.run(sql`
    insert into orchestrator_settings (organization_id, daily_budget_micros, alert_percents, alert_mail)
    values (${organizationId}, ${defaultDailyMicros}, ${given.alertPercents}, ${given.alertMail})
    on conflict (organization_id) do update
      set alert_percents = excluded.alert_percents, alert_mail = excluded.alert_mail, updated_at = now()`);
}

/** Notes levels of today; answers those that nobody noted before. */
export function insertAlerts(tx: Tx, organizationId: string, levels: readonly string[]): Promise<{ level: string }[]> {
  return tx.all(sql`
    insert into budget_alerts (organization_id, day, level)
    select ${organizationId}::uuid, ${today}, level from unnest(${[...levels]}::text[]) as level
    on conflict do nothing
    returning level`);
}

/** Whom a spending alert is mailed to. */
export function selectOwners(tx: Tx, organizationId: string): Promise<{ email: string }[]> {
  return tx.all(sql`
    select p.email from members m join profiles p on p.user_id = m.user_id
    where m.organization_id = ${organizationId} and m.role in ('owner', 'admin') limit 20`);
}
