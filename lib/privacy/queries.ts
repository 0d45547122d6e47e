import { sql } from "#lib/db/sql";
import { systemTransaction, type Tx } from "#lib/db/transaction";
import type { RunPrivacy } from "#lib/privacy/schema";

export const retentionDaysDefault = 30;

export type PrivacyRow = { retentionDays: number; trainingOptOut: boolean; analyticsOptOut: boolean };

export async function selectPrivacy(tx: Tx, organizationId: string): Promise<PrivacyRow> {
  const row = await tx.maybe<PrivacyRow>(sql`
    select retention_days, training_opt_out, analytics_opt_out from privacy_settings
    where organization_id = ${organizationId}`);
  return row ?? { retentionDays: retentionDaysDefault, trainingOptOut: false, analyticsOptOut: false };
}

export function upsertOptOut(
  tx: Tx,
  organizationId: string,
  { training, analytics }: { training: boolean; analytics: boolean },
): Promise<{ updatedAt: string }> {
  return tx.one(sql`
    insert into privacy_settings (organization_id, training_opt_out, analytics_opt_out)
    values (${organizationId}, ${training}, ${analytics})
    on conflict (organization_id) do update
      set training_opt_out = excluded.training_opt_out, analytics_opt_out = excluded.analytics_opt_out, updated_at = now()
    returning updated_at`);
}

export function upsertRetention(tx: Tx, organizationId: string, days: number): Promise<number> {
  return tx.run(sql`
    insert into privacy_settings (organization_id, retention_days) values (${organizationId}, ${days})
    on conflict (organization_id) do update set retention_days = excluded.retention_days, updated_at = now()`);
}

export type NewRunPrivacy = RunPrivacy & {
  runId: string;
  /** The name under which callers know the run. */
  agentId: string | null;
  sealedKey: Buffer | null;
  piiFound: readonly string[];
};

export function insertRunPrivacy(tx: Tx, organizationId: string, run: NewRunPrivacy): Promise<number> {
  return tx.run(sql`
    insert into run_privacy (run_id, organization_id, agent_id, retention_days, expires_at, detect_pii, mask_pii_in_logs,
      encrypt_output, sealed_key, pii_found)
    values (${run.runId}, ${organizationId}, ${run.agentId}, ${run.retention_days ?? null},
      now() + ${run.retention_days ?? null}::int * interval '1 day', ${run.detect_pii}, ${run.mask_pii_in_logs},
      ${run.encrypt_output}, ${run.sealedKey}, ${[...run.piiFound]})`);
}

export type RunPrivacyRow = {
  runId: string;
  agentId: string | null;
  retentionDays: number | null;
  detectPii: boolean;
  maskPiiInLogs: boolean;
  encryptOutput: boolean;
  sealedKey: Buffer | null;
  piiFound: string[];
  purgedAt: string | null;
};

export function selectRunPrivacy(tx: Tx, organizationId: string, runIds: readonly string[]): Promise<RunPrivacyRow[]> {
  return tx.all(sql`
    select run_id, agent_id, retention_days, detect_pii, mask_pii_in_logs, encrypt_output, sealed_key, pii_found, purged_at
    from run_privacy where organization_id = ${organizationId} and run_id = any (${[...runIds]}::uuid[])`);
}

export type Erasable = { runId: string; status: string };

/** The runs that an id means: an agent's name, or a run's own id. */
export function selectErasable(
  tx: Tx,
  organizationId: string,
  agentId: string,
  runId: string | null,
): Promise<Erasable[]> {
  return tx.all(sql`
    select r.id as run_id, r.status from runs r
    where r.organization_id = ${organizationId} and (r.id = ${runId}::uuid or r.id in (
      select p.run_id from run_privacy p where p.organization_id = ${organizationId} and p.agent_id = ${agentId}))
    for update of r`);
}

export type ErasedCounts = { runs: number; steps: number; events: number };

/**
 * Empties runs of all that was said in them: input, outputs, feedback, what followers were told, their own keys. What they
 * used and cost stays, without content.
 */
export function eraseRuns(tx: Tx, runIds: readonly string[]): Promise<ErasedCounts> {
  return tx.one(sql`
    with gone as (select unnest(${[...runIds]}::uuid[]) as run_id),
    run as (
      update runs r set input = null, output = null, error_message = null
      from gone where r.id = gone.run_id returning r.id, r.organization_id
    ), step as (
      update run_steps s set output = null, feedback = null, error_message = null
      from gone where s.run_id = gone.run_id and (s.output is not null or s.feedback is not null or s.error_message is not null)
      returning s.id
    ), told as (
      delete from run_events v using gone where v.run_id = gone.run_id returning v.run_id
    ), named as (
      select r.organization_id, r.id::text as run_id, p.agent_id
      from run r left join run_privacy p on p.run_id = r.id
    ), event as (
      update events e set data = jsonb_strip_nulls(jsonb_build_object('run_id', e.data ->> 'run_id', 'agent_id',
          e.data ->> 'agent_id', 'erased', true))
      where e.id in (
        select b.id from named n join events b on b.organization_id = n.organization_id
          and b.data ? 'run_id' and b.data ->> 'run_id' = n.run_id
        union all
        select b.id from named n join events b on b.organization_id = n.organization_id
          and b.data ? 'agent_id' and b.data ->> 'agent_id' = n.agent_id)
      returning e.id
    ), key as (
      update run_privacy p set sealed_key = null, pii_found = '{}', purged_at = now()
      from gone where p.run_id = gone.run_id returning p.run_id
    )
    select (select count(*) from run) as runs, (select count(*) from step) as steps,
      (select count(*) from event) + (select count(*) from told) as events`);
}

/** Removes what web hooks were, or were still to be, told of an agent. */
export function deleteDeliveriesNaming(tx: Tx, organizationId: string, agentId: string): Promise<number> {
  return tx.run(sql`
    delete from webhook_deliveries where organization_id = ${organizationId} and strpos(payload, ${agentId}) > 0`);
}

/** Empties up to `limit` ended runs that are older than they, or their organization, keep what was said. Answers how many. */
export function eraseExpiredRuns(limit: number): Promise<number> {
  return systemTransaction(async (tx) => {
    const due = await tx.all<{ id: string }>(sql`
      (select r.id
      from organizations o
        left join privacy_settings s on s.organization_id = o.id
        cross join lateral (
          select c.id from runs c
          where c.organization_id = o.id and c.completed_at is not null and (c.input is not null or c.output is not null)
            and c.completed_at < now() - coalesce(s.retention_days, ${retentionDaysDefault}) * interval '1 day'
            and not exists (select 1 from run_privacy p where p.run_id = c.id and p.expires_at is not null)
          order by c.completed_at limit ${limit}) as old
        join runs r on r.id = old.id
      limit ${limit})
      union all
      (select p.run_id from run_privacy p join runs r on r.id = p.run_id
      where p.expires_at < now() and p.purged_at is null and r.completed_at is not null
      order by p.expires_at limit ${limit})`);
    return due.length === 0
      ? 0
      : (
          await eraseRuns(
            tx,
            due.map(({ id }) => id),
          )
        ).runs;
  });
}
