/** A documented call: its request, its response, or both (`examples/api.json`). */
export type Example = {
  /** The item of the reference that shows it, such as `A19`. */
  item: string;
  /** The reference it is from. */
  document: string;
  /** Method and path, as the OpenAPI document writes them. */
  operation: string;
  request?: {
    params?: Record<string, unknown>;
    query?: Record<string, unknown>;
    headers?: Record<string, string>;
    body?: unknown;
  };
  response?: { status: number; body: unknown };
};

export type Examples = readonly Example[];

/** The examples of an operation, each under a name of its own. */
function named<T>(examples: Examples, pick: (example: Example) => T | undefined): Record<string, { value: T }> {
  const found: Record<string, { value: T }> = {};
  const seen = new Set<string>();
  for (const example of examples) {
    const value = pick(example);
    const text = JSON.stringify(value);
    if (value === undefined || seen.has(text)) continue;
    seen.add(text);
    const word = example.item.replace(/[^A-Za-z0-9]/g, "");
    const name = word in found ? `${word}-${Object.keys(found).length + 1}` : word;
    found[name] = { value };
  }
  return found;
}

const unlessEmpty = <T>(examples: Record<string, T>) => (Object.keys(examples).length > 0 ? { examples } : undefined);

/** The request bodies that are shown for an operation. */
export const bodyExamples = (examples: Examples) => unlessEmpty(named(examples, ({ request }) => request?.body));

/** The bodies that are shown for one status of an operation. */
export const responseExamples = (examples: Examples, status: number) =>
  unlessEmpty(named(examples, ({ response }) => (isOf(response, status, false) ? response?.body : undefined)));

/** The texts that are shown for one status, where an answer is no JSON. */
export const textExamples = (examples: Examples, status: number) =>
  unlessEmpty(named(examples, ({ response }) => (isOf(response, status, true) ? response?.body : undefined)));

const isOf = (response: Example["response"], status: number, isText: boolean) =>
  response?.status === status && (typeof response.body === "string") === isText;
