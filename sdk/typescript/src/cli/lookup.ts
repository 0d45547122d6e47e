import type { Baton } from "../client.ts";
import type { ItemFor } from "../types.ts";
import { exitCodes } from "./exit-codes.ts";
import { Failure, misused } from "./failure.ts";
import { didYouMean } from "./suggest.ts";

export const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Everything that comes. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of list) all.push(one);
  return all;
}

type Named = { id: string; name: string };

/** The one thing that a name means. Throws `Failure` when there is none, or more than one. */
async function named<T extends Named>(name: string, list: AsyncIterable<T>, what: string): Promise<T> {
  const all = await collect(list);
  const exact = all.filter((one) => one.name === name || one.id === name);
  const found = exact.length > 0 ? exact : all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
  const [only, other] = found;
  if (other)
    throw misused(
      `${found.length} ${what}s have the name "${name}"`,
      `Use an id: ${found.map(({ id }) => id).join(", ")}.`,
    );
  if (only) return only;
  const advice = didYouMean(
    name,
    all.map((one) => one.name),
  );
  throw new Failure(`There is no ${what} "${name}"`, exitCodes.notFound, advice);
}

export type App = { id: string; name: string };

/** An app by its id or its name. Throws `Failure` or `BatonError` when there is none. */
export async function findApp(baton: Baton, text: string): Promise<App> {
  if (!isId(text)) return named(text, baton.items("GET /api/agent-apps"), "app");
  const { app } = await baton.request("GET /api/agent-apps/{id}", { params: { id: text } });
  return app;
}

export type Key = ItemFor<"GET /api/api-keys">;

/** A key by its id or its name. Throws `Failure` when there is none. */
export const findKey = (baton: Baton, text: string): Promise<Key> =>
  named(text, baton.items("GET /api/api-keys"), "key");
