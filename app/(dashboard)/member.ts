import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { callerOfLogin } from "#lib/auth/caller";
import { storedSession } from "#lib/auth/cookie-session";
import { type Login, verifyToken } from "#lib/auth/token";
import type { Actor, Context, Scope } from "#lib/context";
import { AppError } from "#lib/errors";
import { addressOfPage } from "#lib/http/client-address";
import { newRequestId } from "#lib/id";

export type Member = Context & { actor: Extract<Actor, { type: "user" }> };

/** Where the middleware writes down the path, which server components cannot see. */
const pathHeader = "x-baton-path";

const currentLogin = cache(async (): Promise<Login | undefined> => {
  const stored = await storedSession((await cookies()).getAll());
  return stored && verifyToken(stored.access_token);
});

/** Who is signed in, or null. Middleware has renewed the session before a page is rendered. */
export async function currentUser(): Promise<{ userId: string; email: string } | null> {
  const login = await currentLogin();
  return login ? { userId: login.userId, email: login.email } : null;
}

const currentMember = cache(async (): Promise<Member> => {
  const login = await currentLogin();
  const sent = await headers();
  if (!login) redirect(`/login?next=${encodeURIComponent(sent.get(pathHeader) ?? "/dashboard")}`);
  const { actor, organizationId } = await callerOfLogin(login, null, true);
  if (actor.type !== "user") throw new Error("A login acts as a person.");
  return {
    organizationId,
    actor,
    requestId: newRequestId(),
    ip: addressOfPage(sent),
    userAgent: sent.get("user-agent"),
  };
});

/** The signed-in member; sends others to the sign-in page. Throws `forbidden` when the role lacks `scope`. */
export async function requireMember(scope?: Scope): Promise<Member> {
  const member = await currentMember();
  if (scope && !member.actor.scopes.includes(scope)) {
    throw new AppError("forbidden", `This needs the scope ${scope}. Ask an owner or admin.`, {
      reason: "INSUFFICIENT_SCOPE",
    });
  }
  return member;
}
