import { z } from "zod";

type Bounds = { min: number; max: number /** Above `max` is lowered to it instead of refused. */; lower?: boolean };

/** A whole number in a query string, as an integer in the OpenAPI document. */
export function queryInteger({ min, max, lower = false }: Bounds) {
  const message = lower ? `Must be a whole number of ${min} or more` : `Must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform((text) => (lower ? Math.min(Number(text), max) : Number(text)))
    .pipe(z.number().min(min, message).max(max, message))
    .meta({ override: { type: "integer", minimum: min, maximum: max } });
}

/** The part of a list that is wanted. */
export type Page = { limit: number; offset: number };

/** A list that nobody asked a part of comes whole, up to a cap that no list of this kind reaches. */
const whole: Page = { limit: 1_000, offset: 0 };

/** `limit` (lowered to 100) and `offset` for lists whose frame has no room for a count (contract README 5.5). */
export const PageQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, lower: true }).optional(),
  offset: queryInteger({ min: 0, max: 1_000_000 }).optional(),
});
export type PageQuery = z.infer<typeof PageQuery>;

export function pageOf({ limit, offset }: PageQuery = {}): Page {
  return limit === undefined && offset === undefined ? whole : { limit: limit ?? 20, offset: offset ?? 0 };
}
