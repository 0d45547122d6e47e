import { z } from "zod";
import { encodeCursor } from "#lib/list/cursor";
import type { ListQuery } from "#lib/list/query";

export const Pagination = z
  .object({
    total: z.int(),
    limit: z.int(),
    offset: z.int(),
    has_more: z.boolean(),
    next_offset: z.int().nullable(),
    previous_offset: z.int().nullable(),
    cursor: z.string().nullable(),
  })
  .meta({ id: "Pagination" });
export type Pagination = z.infer<typeof Pagination>;

export const Links = z
  .object({
    self: z.string(),
    next: z.string().nullable(),
    prev: z.string().nullable(),
    first: z.string(),
    last: z.string(),
  })
  .meta({ id: "Links" });
export type Links = z.infer<typeof Links>;

/** The rows of the page: one more was read, to know whether there is more. */
export function pageRows<T>(list: ListQuery, rows: T[]): T[] {
  return rows.slice(0, list.limit);
}

/** The frame of a list (contract A21). `rows` as they were read, with the one that is too many. */
export function paginate<T>(list: ListQuery, rows: T[], total: number, idOf: (row: T) => string | number): Pagination {
  const { limit, offset, hasCursor } = list;
  const last = rows[limit - 1];
  const hasMore = rows.length > limit;
  return {
    total,
    limit,
    offset,
    has_more: hasMore,
    next_offset: hasMore && !hasCursor ? offset + limit : null,
    previous_offset: offset > 0 ? Math.max(0, offset - limit) : null,
    cursor: hasMore && last !== undefined ? encodeCursor(idOf(last)) : null,
  };
}

/**
 * Links to the other pages, relative to the base URL (`/agents?limit=20&offset=40`); filters and order are kept. `cursor`
 * is the one this page was asked with.
 */
export function linksOf(path: string, list: ListQuery, page: Pagination, cursor?: string): Links {
  const { limit, offset } = list;
  const link = (place: [string, string]) =>
    `${path}?${new URLSearchParams([["limit", String(limit)], place, ...list.kept])}`;
  const at = (start: number) => link(["offset", String(start)]);
  const next = page.next_offset === null ? page.cursor && link(["cursor", page.cursor]) : at(page.next_offset);
  return {
    self: list.hasCursor && cursor !== undefined ? link(["cursor", cursor]) : at(offset),
    next,
    prev: page.previous_offset === null ? null : at(page.previous_offset),
    first: at(0),
    last: at(Math.max(0, Math.floor((page.total - 1) / limit) * limit)),
  };
}
