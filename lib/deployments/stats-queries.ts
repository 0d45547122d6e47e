import { empty, type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

/** `stuck`: processing for more than 10 minutes; `...OfDay`: finished within the last 24 hours. */
export type Figures = {
  queued: number;
  processing: number;
  completed: number;
  failed: number;
  stuck: number;
  finishedOfDay: number;
  failedOfDay: number;
  averageSeconds: number;
  at: string;
};

/** Everything at one moment, of one organization or of all (null). Each part is a range of an index. */
export function statsStatement(organizationId: string | null): Sql {
  const own = organizationId === null ? empty : sql`organization_id = ${organizationId} and`;
  return sql`
    with counted as (
      select status, count(*) as number from deployments
      where ${own} status in ('queued', 'processing', 'completed', 'failed') group by status
    ), day as (
      select count(*) as finished, count(*) filter (where status = 'failed') as failed,
        avg(extract(epoch from completed_at - started_at)) filter (where status = 'completed') as seconds
      from deployments
      where ${own} completed_at > now() - interval '24 hours' and status in ('completed', 'failed')
    )
    select
      coalesce((select number from counted where status = 'queued'), 0)::int as queued,
      coalesce((select number from counted where status = 'processing'), 0)::int as processing,
      coalesce((select number from counted where status = 'completed'), 0)::int as completed,
      coalesce((select number from counted where status = 'failed'), 0)::int as failed,
      (select count(*) from deployments where ${own} status = 'processing'
        and attempt_started_at < now() - interval '10 minutes')::int as stuck,
      day.finished::int as finished_of_day, day.failed::int as failed_of_day,
      coalesce(round(day.seconds, 3), 0)::float8 as average_seconds, now() as at
    from day`;
}

export function selectStats(tx: Tx, organizationId: string | null): Promise<Figures> {
  return tx.one(statsStatement(organizationId));
}
