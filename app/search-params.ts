export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** One value out of the address; a name that is missing or given twice counts as empty. */
export function single(value: string | string[] | undefined): string {
  return typeof value === "string" ? value : "";
}
