import type { Tx } from "#lib/db/transaction";

/** The four scopes of API keys and roles (contract README 5.2). */
export const scopes = ["agents:read", "agents:write", "billing:read", "admin:write"] as const;
export type Scope = (typeof scopes)[number];

export const roles = ["owner", "admin", "member"] as const;
export type Role = (typeof roles)[number];

/** Who acts: a program with a key, a person with a login, or Baton itself. */
export type Actor =
  | { type: "apiKey"; keyId: string; userId: string | null; scopes: readonly Scope[] }
  | { type: "user"; userId: string; email: string; role: Role; scopes: readonly Scope[] }
  | { type: "system" };

/** What every domain function gets: who acts, for which organization, from where, and in which transaction if any. */
export type Context = {
  organizationId: string;
  actor: Actor;
  requestId: string;
  ip: string | null;
  userAgent: string | null;
  /** A transaction that is already open for this request; `transaction(ctx, ...)` joins it. */
  tx?: Tx;
};

/** The person behind the call: the user, or the maker of the key. */
export function userIdOf(ctx: Context): string | null {
  return ctx.actor.type === "system" ? null : ctx.actor.userId;
}

/** The API key behind the call, or null for people and for Baton itself. */
export function keyIdOf(ctx: Context): string | null {
  return ctx.actor.type === "apiKey" ? ctx.actor.keyId : null;
}

/** The scopes a person has by role. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return role === "member" ? ["agents:read", "agents:write", "billing:read"] : scopes;
}

/** A context in which Baton itself acts for an organization: jobs, web hooks of others, clean-up. */
export function systemContext(organizationId: string, requestId = "system"): Context {
  return { organizationId, actor: { type: "system" }, requestId, ip: null, userAgent: null };
}
