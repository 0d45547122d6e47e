import { pool } from "#lib/db/client";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { pageRows } from "#lib/list/page";
import { readList } from "#lib/list/query";
import type { ListSpec } from "#lib/list/spec";

export const organizationId = crypto.randomUUID();
export const other = crypto.randomUUID();

export const spec: ListSpec = {
  fields: {
    id: { type: "integer", column: sql`t.id` },
    name: { type: "text", column: sql`t.name` },
    status: { type: "text", column: sql`t.status` },
    team: { type: "text", column: sql`t.team`, isNullable: true },
    cost: { type: "number", column: sql`t.cost_micros`, scale: 1_000_000 },
    done: { type: "boolean", column: sql`t.done` },
    key: { type: "uuid", column: sql`t.key` },
    ip: { type: "address", column: sql`t.ip` },
    created_at: { type: "time", column: sql`t.created_at` },
  },
  sorts: ["id", "created_at", "cost"],
  defaultSort: "-created_at",
  id: "id",
  created: "created_at",
  shorthands: ["status", "cost_gt", "created_after"],
  rows: (organization) => sql`from list_test t where t.organization_id = ${organization}`,
};

export const key = "01920000-0000-7000-8000-000000000001";

/** 30 rows of one organization, in pairs of one cost, and one row of another. Answers with what takes them away. */
export async function prepareRows() {
  await pool().query(`
    create table if not exists list_test (id bigint primary key, organization_id uuid not null, name text not null,
      status text not null, team text, cost_micros bigint not null, done boolean not null, key uuid not null,
      ip inet not null, created_at timestamptz not null)`);
  await pool().query("truncate list_test");
  await pool().query("alter table list_test enable row level security");
  await pool().query(
    `insert into list_test select n, $1::uuid, case n when 7 then '50%_Off \\ "x"' else 'Agent ' || n end,
       case when n % 2 = 0 then 'running' else 'done' end, case when n % 3 = 0 then 'team_a' end, (n / 2) * 100000, n % 5 = 0, $3::uuid,
       ('203.0.113.' || n)::inet, timestamptz '2026-02-01T00:00:00Z' + n * interval '1 hour' from generate_series(1, 30) n
     union all select 1000, $2::uuid, 'Secret', 'running', null, 0, true, $3::uuid, '198.51.100.1'::inet, timestamptz '2026-02-02T00:00:00Z'`,
    [organizationId, other, key],
  );
  return () => pool().query("drop table list_test");
}

export const read = (query: Record<string, string>) => readList(spec, organizationId, query);

export async function ids(query: Record<string, string>): Promise<number[]> {
  const list = read({ sort: "id", limit: "100", ...query });
  const rows = await system.all<{ id: number }>(sql`
    select t.id ${spec.rows(organizationId)} and ${list.pageWhere} order by ${list.orderBy} ${list.paging}`);
  return pageRows(list, rows).map(({ id }) => id);
}
export const filtered = (filter: unknown) => ids({ filter: JSON.stringify(filter) });
export const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

export function issuesOf(query: Record<string, string>): string[] {
  try {
    read(query);
  } catch (error) {
    if (error instanceof AppError && error.code === "validation") return error.issues.map(({ field }) => field);
    throw error;
  }
  return [];
}
