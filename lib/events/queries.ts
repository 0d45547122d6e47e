import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { EventItem } from "#lib/events/schema";

/** Numbers up to `limit` new events of an organization in the order they became visible; answers how many there were. */
export async function numberEvents(tx: Tx, organizationId: string, limit: number): Promise<number> {
  const { numbered } = await tx.one<{ numbered: number }>(sql`
    select baton.number_events(${organizationId}, ${limit}) as numbered`);
  return numbered;
}

type Row = { id: number; type: string; createdAt: string; data: Record<string, unknown> };
const itemOf = ({ id, type, createdAt, data }: Row): EventItem => ({ id, type, timestamp: createdAt, data });

const numbered = (organizationId: string) => sql`
  select e.sequence as id, e.type, e.created_at, e.data from events e
  where e.organization_id = ${organizationId} and e.sequence is not null`;

/** A page of the feed. */
export async function selectEvents(
  tx: Tx,
  organizationId: string,
  { pageWhere, orderBy, paging }: { pageWhere: Sql; orderBy: Sql; paging: Sql },
): Promise<EventItem[]> {
  const rows = await tx.all<Row>(sql`${numbered(organizationId)} and ${pageWhere} order by ${orderBy} ${paging}`);
  return rows.map(itemOf);
}

/** What comes after a number, oldest first. */
export async function selectEventsAfter(
  tx: Tx,
  organizationId: string,
  after: number,
  where: Sql,
  limit: number,
): Promise<EventItem[]> {
  const rows = await tx.all<Row>(sql`
    ${numbered(organizationId)} and e.sequence > ${after}::bigint and ${where} order by e.sequence limit ${limit}`);
  return rows.map(itemOf);
}

/** The number of the newest event, 0 without any. */
export async function selectLastNumber(tx: Tx, organizationId: string): Promise<number> {
  const { last } = await tx.one<{ last: number }>(sql`
    select coalesce(max(sequence), 0) as last from events where organization_id = ${organizationId}`);
  return last;
}

export function selectUnnumbered(tx: Tx, limit: number): Promise<{ organizationId: string }[]> {
  return tx.all(sql`
    select o.id as organization_id from organizations o
    where exists (select 1 from events e where e.organization_id = o.id and e.sequence is null) limit ${limit}`);
}
