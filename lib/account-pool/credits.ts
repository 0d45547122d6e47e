import { setTimeout as sleep } from "node:timers/promises";
import { type AccountStatus, creditsFull } from "#lib/account-pool/schema";
import { sql } from "#lib/db/sql";
import { system, type Tx } from "#lib/db/transaction";

const refreshedAtOnce = 1_000;

/**
 * Takes credits from an account's own allowance (never the organization's prepaid credits), in the transaction of their
 * use. It never falls below 0, and at 0 the account is exhausted. With `release` an account that was in use is available
 * again. Negative credits give back what was drawn too much. Answers what is left, or nothing when there is no such account.
 */
export function drawCredits(
  tx: Tx,
  organizationId: string,
  accountId: number,
  credits: number,
  { release = false } = {},
): Promise<{ creditsAvailable: number; status: AccountStatus } | undefined> {
  return tx.maybe(sql`
    update pool_accounts set
      credits_available = greatest(0, credits_available - ${credits}::bigint),
      status = case
        when status = 'blocked' then status
        when credits_available <= ${credits}::bigint then 'exhausted'
        when status = 'exhausted' and credits_available = 0 then 'available'
        when status = 'active' and ${release} then 'available'
        else status
      end,
      updated_at = now()
    where organization_id = ${organizationId} and id = ${accountId}
    returning credits_available, status`);
}

const isDue = (before: string) => sql`status <> 'blocked'
  and ((resets_at is null and refreshed_at < ${before}::timestamptz) or resets_at <= now())`;

type Refreshed = { due: number; taken: number; refreshed: number };

/**
 * Fills the allowance of accounts up, in all organizations: of those with a time of their own when it has come, of the
 * others when they were last full before `before`. Passes over accounts that somebody is changing: waiting for several of
 * them could lock out a rotation that waits for another.
 */
function refresh(before: string): Promise<Refreshed> {
  return system.one(sql`
    with due as (
      select organization_id, id, credits_available <> ${creditsFull} or status = 'exhausted' as changes
      from pool_accounts where ${isDue(before)} limit ${refreshedAtOnce} for no key update skip locked
    ), filled as (
      update pool_accounts a set
        credits_available = ${creditsFull},
        status = case when a.status = 'exhausted' then 'available' else a.status end,
        refreshed_at = now(),
        resets_at = a.resets_at + interval '1 day' * (floor(extract(epoch from now() - a.resets_at) / 86400) + 1),
        updated_at = case when due.changes then now() else a.updated_at end
      from due where a.organization_id = due.organization_id and a.id = due.id
      returning a.organization_id, due.changes
    ), told as (
      insert into events (organization_id, type, data)
      select organization_id, 'accounts.refreshed', jsonb_build_object('refreshed', count(*))
      from filled where changes group by organization_id
    )
    select (select count(*) from pool_accounts where ${isDue(before)}) as due, count(*) as taken,
      count(*) filter (where changes) as refreshed
    from filled`);
}

async function refreshAll(before: string, waitMs: number): Promise<{ refreshed: number }> {
  const deadline = Date.now() + waitMs;
  let total = 0;
  for (;;) {
    const { due, taken, refreshed } = await refresh(before);
    total += refreshed;
    if (taken >= due) return { refreshed: total };
    if (taken > 0) continue;
    if (Date.now() > deadline) return { refreshed: total };
    await sleep(20);
  }
}

/**
 * The daily refresh (contract +P6): every account that is not blocked is full again, an exhausted one available; one with
 * a time of its own only when that has come. Answers how many this changed.
 */
export async function refreshCredits(): Promise<{ refreshed: number }> {
  const { now } = await system.one<{ now: string }>(sql`select clock_timestamp() as now`);
  return refreshAll(now, 5_000);
}

/** The same for what is due: once after each midnight UTC, and at accounts' own times. For the upkeep, which runs often. */
export async function refreshDueCredits(): Promise<{ refreshed: number }> {
  return refreshAll(`${new Date().toISOString().slice(0, 10)}T00:00:00Z`, 0);
}
