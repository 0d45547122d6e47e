import type { Dialect, Meta } from "#lib/http/dialect";
import { hasMetadata } from "#lib/http/versions";

/** What answers of the deprecated version add to their bodies. */
const metadataOf = ({ requestId, now }: Meta) => ({
  version: "3.2",
  request_id: requestId,
  timestamp: now.toISOString(),
});

const wrapped = new WeakMap<Dialect, Dialect>();

/** The same dialect as version 3 spoke it: every JSON object carries `metadata`, other fields stay where they are. */
function withMetadata(dialect: Dialect): Dialect {
  const known = wrapped.get(dialect);
  if (known) return known;
  const add = (body: unknown, meta: Meta) =>
    typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, metadata: metadataOf(meta) } : body;
  const made: Dialect = {
    ...dialect,
    success: (data, meta) => add(dialect.success(data, meta), meta),
    error: (error, meta) => {
      const { status, body } = dialect.error(error, meta);
      return { status, body: add(body, meta) };
    },
  };
  wrapped.set(dialect, made);
  return made;
}

/** The dialect as the path's version speaks it. */
export const spoken = (dialect: Dialect, path: string) => (hasMetadata(path) ? withMetadata(dialect) : dialect);
