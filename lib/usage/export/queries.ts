import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Range } from "#lib/usage/days";

/** `place` is the time to the microsecond, at which, with the id, the next page goes on. */
export type ExportRow = {
  id: string;
  type: string;
  description: string;
  value: number | null;
  createdAt: string;
  place: string;
};

export function selectOrganizationExists(tx: Tx, organizationId: string): Promise<{ id: string } | undefined> {
  return tx.maybe(sql`select id from organizations where id = ${organizationId}`);
}

/** A page of the range, oldest first, after the given row. API calls are only counted. */
export function selectExportPage(
  tx: Tx,
  organizationId: string,
  { from, to }: Range,
  after: Pick<ExportRow, "place" | "id"> | undefined,
  limit: number,
): Promise<ExportRow[]> {
  const start: Sql = after
    ? sql`(created_at, id) > (${after.place}::timestamptz, ${after.id}::uuid)`
    : sql`created_at >= ${from}::timestamp at time zone 'UTC'`;
  return tx.all(sql`
    select id, type, description, value::float8 as value, created_at, created_at::text as place from usage_events
    where organization_id = ${organizationId} and type <> 'api_call' and ${start}
      and created_at < (${to}::date + 1)::timestamp at time zone 'UTC'
    order by created_at, id limit ${limit}`);
}
