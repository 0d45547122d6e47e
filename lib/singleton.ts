/**
 * Returns the one value called `name` in this process, made by `create` at first use.
 * It lives on `globalThis`, because Next bundles its own copy of `lib/` for pages while route handlers run from source.
 */
export function singleton<T>(name: string, create: () => T): T {
  const key = Symbol.for(`baton.${name}`);
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const existing = store[key];
  if (existing !== undefined) return existing;
  const made = create();
  store[key] = made;
  return made;
}
