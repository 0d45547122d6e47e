import type { EndpointSpec } from "#lib/http/endpoint";
import { findSessionId } from "#lib/orchestration/service";

type Counted = NonNullable<EndpointSpec["countedFor"]>;

/** Counts a call for the session that it names: by its own id, or through a thread or an orchestration, in path or body. */
export function countedForSession(
  by: "session" | "thread" | "orchestration",
  from: { param: string } | { field: string },
): Counted {
  const idIn = (params: Record<string, unknown>, body: unknown) => {
    if ("param" in from) return params[from.param];
    return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[from.field] : undefined;
  };
  return { limit: "session", subject: ({ ctx, params, body }) => findSessionId(ctx, by, idIn(params, body)) };
}
