import { join, type Sql, sql } from "#lib/db/sql";
import { type FieldIssue, invalid } from "#lib/errors";
import { decodeCursor } from "#lib/list/cursor";
import { Filter } from "#lib/list/filter";
import type { ListField, ListSpec } from "#lib/list/spec";

const limitDefault = 20;
const limitMax = 100;
const offsetMax = 1_000_000;

/** A list as it was asked for, compiled: fragments of SQL whose values are all parameters. */
export type ListQuery = {
  limit: number;
  offset: number;
  /** Whether it goes on behind a cursor; then there is no offset. */
  hasCursor: boolean;
  /** Conditions of the filter alone, `true` without any: for counts and sums over the whole filtered set. */
  where: Sql;
  /** `where` and the place behind the cursor: for the page. */
  pageWhere: Sql;
  /** Without the words `order by`. */
  orderBy: Sql;
  /** `limit` and `offset` with their words. One row more than wanted: it says whether there is more. */
  paging: Sql;
  /** What was asked for besides the page, for links. */
  kept: [name: string, value: string][];
};

type Given = Readonly<Record<string, string | undefined>>;

function readInteger(
  given: Given,
  name: string,
  { min, max, unless }: { min: number; max: number; unless: number },
  issues: FieldIssue[],
) {
  const text = given[name];
  if (text === undefined) return unless;
  const value = /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min)) issues.push({ field: name, message: `${name} must be a whole number of ${min} or more` });
  return Math.min(value, max);
}

function readSort(spec: ListSpec, text: string | undefined, issues: FieldIssue[]) {
  const given = text?.trim() ?? spec.defaultSort;
  const descending = given.startsWith("-");
  const name = descending ? given.slice(1) : given;
  const field = spec.sorts.includes(name) ? spec.fields[name] : undefined;
  if (field) return { field, descending };
  issues.push({
    field: "sort",
    message: `sort must be one of ${spec.sorts.join(", ")}, with - before it for descending`,
  });
  return undefined;
}

/** Where a page behind a cursor begins. Only an id comes from the cursor; the value sorted by is read from its row. */
function behind(
  spec: ListSpec,
  organizationId: string,
  id: ListField,
  sort: ListField,
  descending: boolean,
  at: string | number,
): Sql {
  const bound = sql`${at}${id.type === "integer" ? sql`::bigint` : id.type === "uuid" ? sql`::uuid` : sql`::text`}`;
  if (sort === id) return descending ? sql`${id.column} < ${bound}` : sql`${id.column} > ${bound}`;
  const row = sql`(select ${sort.column}, ${id.column} ${spec.rows(organizationId)} and ${id.column} = ${bound})`;
  return descending ? sql`(${sort.column}, ${id.column}) < ${row}` : sql`(${sort.column}, ${id.column}) > ${row}`;
}

/**
 * Reads a list's parameters (contract README 5.5). Throws `validation` with everything that is wrong: unknown fields and
 * operators, values of the wrong type, a cursor that was tampered with.
 */
export function readList(spec: ListSpec, organizationId: string, given: Given): ListQuery {
  const filter = new Filter(spec);
  const { issues } = filter;
  const limit = readInteger(given, "limit", { min: 1, max: limitMax, unless: limitDefault }, issues);
  const offset = readInteger(given, "offset", { min: 0, max: offsetMax, unless: 0 }, issues);
  const sort = readSort(spec, given.sort, issues);
  if (given.filter !== undefined) filter.addJson(given.filter);
  for (const name of spec.shorthands ?? []) {
    const text = given[name];
    if (text !== undefined) filter.addText(name, text);
  }
  const id = spec.fields[spec.id];
  if (!id) throw new Error(`The list has no field ${spec.id}.`);
  const at = given.cursor === undefined ? undefined : decodeCursor(given.cursor, id);
  if (given.cursor !== undefined && at === undefined)
    issues.push({ field: "cursor", message: "cursor is not one that a list of this kind gave out" });
  if (at !== undefined && offset > 0)
    issues.push({ field: "offset", message: "offset cannot be used together with cursor" });
  if (issues.length > 0 || !sort) throw invalid(issues);

  const { field, descending } = sort;
  const direction = descending ? sql` desc` : sql``;
  const where = filter.conditions.length > 0 ? join(filter.conditions, " and ") : sql`true`;
  const place = at === undefined ? undefined : behind(spec, organizationId, id, field, descending, at);
  return {
    limit,
    offset,
    hasCursor: at !== undefined,
    where,
    pageWhere: place ? sql`${where} and ${place}` : where,
    orderBy: field === id ? sql`${id.column}${direction}` : sql`${field.column}${direction}, ${id.column}${direction}`,
    paging: sql`limit ${limit + 1}${offset > 0 ? sql` offset ${offset}` : sql``}`,
    kept: ["sort", "filter", ...(spec.shorthands ?? [])].flatMap((name) => {
      const value = given[name];
      return value === undefined ? [] : [[name, value] as [string, string]];
    }),
  };
}
