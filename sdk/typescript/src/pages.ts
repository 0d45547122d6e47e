import { BatonError } from "./errors.ts";
import { lists } from "./generated.ts";
import type { LooseOptions } from "./types.ts";

type Ask = (options: LooseOptions) => Promise<unknown>;
type Fields = Record<string, unknown>;
type Query = Record<string, unknown>;

const pageSize = 100;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type Shape = { readonly at: string; readonly by: string };

const patterns = Object.entries(lists).map(([operation, shape]): [RegExp, Shape] => [
  new RegExp(`^${operation.replace(/[.+]/g, "\\$&").replace(/\{[^}]+\}/g, "[^/ ]+")}/?$`),
  shape,
]);

/** Where a list's things are in its answer, and how it is paged. `operation` is a template or a real path. */
function shapeOf(operation: string): Shape | undefined {
  const line = operation.split("?")[0] ?? "";
  return patterns.find(([pattern]) => pattern.test(line))?.[1];
}

/** The things in an answer: below the path that the API's document names, else its only array. */
function thingsIn(answer: unknown, shape: Shape | undefined): unknown[] {
  if (Array.isArray(answer)) return answer;
  let at = answer;
  for (const key of shape?.at.split(".") ?? []) at = isFields(at) ? at[key] : undefined;
  if (Array.isArray(at)) return at;
  const found = isFields(answer) ? Object.values(answer).find(Array.isArray) : undefined;
  if (found) return found;
  throw new BatonError({ status: 0, code: "not_a_list", message: "The answer holds no list.", body: answer });
}

/** The query of the page behind an answer; nothing when it was the last. */
function nextQuery(answer: unknown, count: number, query: Query, shape: Shape): Query | undefined {
  const frame = isFields(answer) ? answer : {};
  const pagination = isFields(frame.pagination) ? frame.pagination : {};
  const offset = Number(query.offset ?? 0) + count;
  const { cursor } = pagination;
  const hasMore = pagination.has_more ?? frame.has_more;
  if (count === 0 || hasMore === false) return undefined;
  if (shape.by === "cursor" && typeof cursor === "string") return { ...query, offset: undefined, cursor };
  const total = pagination.total ?? frame.total;
  const isMore = typeof total === "number" ? offset < total : hasMore === true || count >= Number(query.limit);
  return isMore ? { ...query, offset } : undefined;
}

/** The answers of a list, page after page; a list without pages is one. `limit` is 100 unless the query says another. */
export async function* pagesOf(
  ask: Ask,
  operation: string,
  options: LooseOptions,
): AsyncGenerator<unknown, void, undefined> {
  const shape = shapeOf(operation);
  const isPaged = shape !== undefined && shape.by !== "none";
  const given = options.query as Query | undefined;
  // Above 100 the server lowers a limit, and a full page would look like the last one.
  const limit = Math.min(Number(given?.limit ?? pageSize), pageSize);
  let query: Query | undefined = isPaged ? { ...given, limit } : given;
  for (;;) {
    const answer = await ask({ ...options, ...(query && { query }) });
    yield answer;
    if (!isPaged || !query) return;
    query = nextQuery(answer, thingsIn(answer, shape).length, query, shape);
    if (!query) return;
  }
}

/** The things in a list, over all its pages. */
export async function* itemsOf(
  ask: Ask,
  operation: string,
  options: LooseOptions,
): AsyncGenerator<unknown, void, undefined> {
  const shape = shapeOf(operation);
  for await (const answer of pagesOf(ask, operation, options)) yield* thingsIn(answer, shape);
}
