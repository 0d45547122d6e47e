import type { Context } from "#lib/context";
import { systemContext } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import { system, systemTransaction, type Tx, tenant } from "#lib/db/transaction";
import { canMail, sendMail } from "#lib/mail/mail";
import { recordEvent } from "#lib/records/service";
import type { KeyReminder } from "#lib/security/schema";

/** A key should get a new secret every 90 days, and one that nobody used for 30 days should be revoked. */
const rotationDays = 90;
const unusedDays = 30;
const remindersMax = 200;

type Due = KeyReminder & { organizationId: string; email: string | null };

/** Keys that are due, of one organization or of all; `also` leaves out what was reminded of already. */
function selectDue(tx: Tx, organizationId: string | null, also: Sql, limit: number): Promise<Due[]> {
  return tx.all<Due>(sql`
    with due as (
      select id, organization_id, name, created_by, 'rotation' as kind, coalesce(rotated_at, created_at) as since
      from api_keys where coalesce(rotated_at, created_at) < now() - ${rotationDays}::int * interval '1 day'
      union all
      select id, organization_id, name, created_by, 'unused' as kind, coalesce(last_used_at, rotated_at, created_at) as since
      from api_keys
      where coalesce(last_used_at, rotated_at, created_at) < now() - ${unusedDays}::int * interval '1 day'
    )
    select d.id, d.organization_id, d.name, d.kind, d.since, p.email, extract(day from now() - d.since)::int as days
    from due d left join profiles p on p.user_id = d.created_by
    where (${organizationId}::uuid is null or d.organization_id = ${organizationId}::uuid) and ${also}
    order by d.since, d.id, d.kind limit ${limit}`);
}

/** The organization's keys that should get a new secret, or that nobody uses, the longest due first. */
export async function listKeyReminders(ctx: Context): Promise<KeyReminder[]> {
  const due = await selectDue(tenant(ctx), ctx.organizationId, sql`true`, 1_000);
  return due.map(({ id, name, kind, since, days }) => ({ id, name, kind, since, days }));
}

const notReminded = sql`not exists (
  select 1 from key_reminders r where r.api_key_id = d.id and r.kind = d.kind and r.since = d.since)`;

/** Notes that somebody was reminded; false when another process was faster. */
async function claim(tx: Tx, { id, kind, since, organizationId }: Due): Promise<boolean> {
  const rows = await tx.run(sql`
    insert into key_reminders (api_key_id, kind, since, organization_id)
    select k.id, ${kind}, case ${kind}::text when 'rotation' then coalesce(k.rotated_at, k.created_at)
      else coalesce(k.last_used_at, k.rotated_at, k.created_at) end, k.organization_id
    from api_keys k where k.id = ${id} and k.organization_id = ${organizationId}
      and date_trunc('milliseconds', case ${kind}::text when 'rotation' then coalesce(k.rotated_at, k.created_at)
        else coalesce(k.last_used_at, k.rotated_at, k.created_at) end) = ${since}::timestamptz
    on conflict do nothing`);
  return rows === 1;
}

const texts: Record<KeyReminder["kind"], (due: Due) => { subject: string; text: string }> = {
  rotation: ({ name, days }) => ({
    subject: `API key ${name} should be rotated`,
    text: `Your API key ${name} has had the same secret for ${days} days. Rotate it, with grace_hours if programs need time.\n`,
  }),
  unused: ({ name, days }) => ({
    subject: `API key ${name} is not used`,
    text: `Nobody has used your API key ${name} for ${days} days. Revoke it if it is not needed any more.\n`,
  }),
};

/**
 * Reminds of keys that are due, once for each rotation or last use: an event, and a mail to the key's maker where a mail
 * server is set up. Answers how many reminders there were.
 */
export async function remindOfKeys(): Promise<number> {
  const due = await selectDue(system, null, notReminded, remindersMax);
  let reminded = 0;
  for (const one of due) {
    await systemTransaction(async (tx) => {
      if (!(await claim(tx, one))) return;
      reminded += 1;
      const type = one.kind === "rotation" ? "api.key.rotation_due" : "api.key.unused";
      const data = { key_id: one.id, name: one.name, since: one.since, days: one.days };
      await recordEvent(tx, systemContext(one.organizationId), type, data);
      const { email } = one;
      if (canMail() && email) tx.afterCommit(() => sendMail({ to: email, ...texts[one.kind](one) }));
    });
  }
  return reminded;
}
