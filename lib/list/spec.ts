import { z } from "zod";
import type { Sql } from "#lib/db/sql";

/** What a field holds, which decides its operators and what values it takes. */
export type FieldType = "text" | "integer" | "number" | "time" | "uuid" | "boolean" | "address";

/** A field that callers may filter by. `column` is an expression of ours; nothing of it ever comes from a caller. */
export type ListField = {
  type: FieldType;
  column: Sql;
  /** Numbers are stored times this factor, such as 1_000_000 for dollars kept in micro-dollars. */
  scale?: number;
  /** `null` may be asked for with `eq` and `ne`. */
  isNullable?: boolean;
};

/** How a list may be filtered, sorted and paged (contract README 5.5). */
export type ListSpec = {
  fields: Readonly<Record<string, ListField>>;
  /** Fields of `fields` that a list may be sorted by; their columns must never be null. */
  sorts: readonly string[];
  /** A field, `-` before it for descending. */
  defaultSort: string;
  /** The field that is unique in a list: what cursors name, and what settles ties. */
  id: string;
  /** What `created_after` and `created_before` look at. */
  created: string;
  /** Filter keys that may also be parameters of their own, such as `status` or `cost_gt`. */
  shorthands?: readonly string[];
  /** The rows that a cursor may name: table and tenant, as in `from agents where organization_id = ...`. */
  rows(organizationId: string): Sql;
};

const text = z.string().max(4_096, "Must have at most 4096 characters").optional();

/** The query parameters of a list, for an endpoint's `query`. `readList` says what is wrong with their values. */
export function listParameters(spec: ListSpec) {
  const sorts = spec.sorts.join(", ");
  const shorthands = Object.fromEntries((spec.shorthands ?? []).map((name) => [name, text]));
  return z.object({
    limit: text.meta({ description: "1 to 100 (20 unless said); more is lowered to 100." }),
    offset: text.meta({ description: "How many to leave out from the start; not together with a cursor." }),
    cursor: text.meta({ description: "Goes on behind the last page; taken from its `pagination.cursor`." }),
    sort: text.meta({
      description: `One of ${sorts}; \`-\` before it for descending. ${spec.defaultSort} unless said.`,
    }),
    filter: text.meta({ description: 'A JSON object such as {"status":"running","cost_gt":0.5}.' }),
    ...shorthands,
  });
}
