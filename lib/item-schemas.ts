import type { ZodType } from "zod";

/** What a list holds that is read item by item. `isTextToo`: its JSON may come as a text, as forms send it. */
export type ItemSchema = { item: ZodType; min: number; max: number; isTextToo?: boolean };

const items = new WeakMap<object, ItemSchema>();

/** Notes the items of a list whose own schema does not show them, for whoever describes it. Answers with the schema. */
export function withItems<S extends ZodType>(schema: S, described: ItemSchema): S {
  items.set(schema, described);
  return schema;
}

export const itemsOf = (schema: object): ItemSchema | undefined => items.get(schema);
