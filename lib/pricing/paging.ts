import { z } from "zod";
import type { Page, PageQuery } from "#lib/page";

export const Pagination = z.object({
  total: z.int(),
  limit: z.int(),
  offset: z.int(),
  has_more: z.boolean(),
  next_offset: z.int().nullable(),
  previous_offset: z.int().nullable(),
});
export type Pagination = z.infer<typeof Pagination>;

/** The part of a list that is wanted; 20 items unless said (contract README 5.5). */
export function partOf({ limit = 20, offset = 0 }: PageQuery = {}): Page {
  return { limit, offset };
}

export function paginationOf({ limit, offset }: Page, total: number): Pagination {
  const has_more = offset + limit < total;
  return {
    total,
    limit,
    offset,
    has_more,
    next_offset: has_more ? offset + limit : null,
    previous_offset: offset > 0 ? Math.max(0, offset - limit) : null,
  };
}
