import type { Context, Scope } from "#lib/context";
import { forbidden } from "#lib/errors";

/** Whether the caller's key or role allows it. */
export function mayUse({ actor }: Context, scope: Scope): boolean {
  return actor.type === "system" || actor.scopes.includes(scope);
}

/** Throws `forbidden` as endpoints do, and says which scope is missing. */
export function requireScope(ctx: Context, scope: Scope, what: string): void {
  if (mayUse(ctx, scope)) return;
  throw forbidden(`${what} needs the scope ${scope}, which this key or role does not have.`, "INSUFFICIENT_SCOPE");
}
