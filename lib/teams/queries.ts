import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type TeamRow = { team: string; name: string; description: string | null; models: string[] };

const columns = sql`team, name, description, models`;

export function selectTeams(tx: Tx, organizationId: string): Promise<TeamRow[]> {
  return tx.all(sql`
    select ${columns} from teams where organization_id = ${organizationId} order by created_at, team limit 1000`);
}

export function selectTeam(tx: Tx, organizationId: string, team: string): Promise<TeamRow | undefined> {
  return tx.maybe(sql`select ${columns} from teams where organization_id = ${organizationId} and team = ${team}`);
}

/** Nothing when there is one of this id, or as many as there may be. */
export function insertTeam(tx: Tx, organizationId: string, row: TeamRow, most: number): Promise<TeamRow | undefined> {
  return tx.maybe(sql`
    insert into teams (organization_id, team, name, description, models)
    select ${organizationId}::uuid, ${row.team}, ${row.name}, ${row.description}, ${row.models}::text[]
    where (select count(*) from teams where organization_id = ${organizationId}) < ${most}::int
    on conflict do nothing
    returning ${columns}`);
}

export function updateTeamRow(tx: Tx, organizationId: string, row: TeamRow): Promise<number> {
  return tx.run(sql`
    update teams set name = ${row.name}, description = ${row.description}, models = ${row.models}, updated_at = now()
    where organization_id = ${organizationId} and team = ${row.team}`);
}

export function deleteTeamRow(tx: Tx, organizationId: string, team: string): Promise<number> {
  return tx.run(sql`delete from teams where organization_id = ${organizationId} and team = ${team}`);
}

/** Keeps a team as it is until the transaction ends. */
export function lockTeam(tx: Tx, organizationId: string, team: string): Promise<TeamRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from teams where organization_id = ${organizationId} and team = ${team} for update`);
}
