import type { Session } from "@supabase/supabase-js";
import { authFailure } from "#lib/accounts/auth-errors";
import type { LoggedIn, Login, Resend, SetPassword, SignedUp, SignUp } from "#lib/accounts/schema";
import type { AnswerCookies } from "#lib/auth/answer-cookies";
import { personOf } from "#lib/auth/caller";
import { authClient, changePassword, cookieClient, endSessions, forgetCookies } from "#lib/auth/supabase";
import { verifyToken } from "#lib/auth/token";
import { type Context, systemContext, userIdOf } from "#lib/context";
import { transaction } from "#lib/db/transaction";
import { env, publicUrl } from "#lib/env";
import { rateLimited, unauthorized } from "#lib/errors";
import { consume } from "#lib/limits/window";
import { provisionPerson } from "#lib/organizations/provision";
import { existsPerson, selectEmail, selectOrganization } from "#lib/organizations/queries";
import { recordEvent } from "#lib/records/service";

/** Reset and confirmation links to one address. */
const mailsPerHour = 5;
/** Log-ins of one account, and from one address, before it has to wait: guessing passwords must not pay. */
const attempts = { account: { limit: 10, windowSeconds: 900 }, address: { limit: 50, windowSeconds: 900 } };

async function throttle(email: string, ip: string | null): Promise<void> {
  const scale = env().RATE_LIMIT_MULTIPLIER;
  for (const [name, figure] of [
    [`login:account:${email}`, attempts.account],
    [`login:address:${ip}`, attempts.address],
  ] as const) {
    const allowance = await consume(name, { ...figure, limit: Math.floor(figure.limit * scale) });
    const seconds = Math.max(1, allowance.resetSeconds - Math.floor(Date.now() / 1_000));
    if (!allowance.allowed) throw rateLimited(seconds, "Too many log-in attempts. Wait and try again.");
  }
}

function loggedIn(session: Session): LoggedIn {
  const { user, access_token, refresh_token, expires_in } = session;
  const created = new Date(user.created_at).toISOString();
  return {
    user: { id: user.id, email: user.email ?? "", created_at: created },
    session: { access_token, refresh_token, expires_in },
  };
}

/** Checks a password; the session's cookies are appended to `cookies`. Unknown address and wrong password look alike. */
export async function logIn(
  input: Login,
  ip: string | null,
  request: Request,
  cookies: AnswerCookies,
): Promise<LoggedIn> {
  await throttle(input.email, ip);
  const client = cookieClient(request, cookies, input.rememberMe);
  const { data, error } = await client.auth.signInWithPassword({ email: input.email, password: input.password });
  if (error) throw authFailure(error);
  const person = await personOf({
    userId: data.user.id,
    email: input.email,
    expiresAt: 0,
    ...organizationNameOf(data.user),
  });
  const { memberships, activeOrganizationId } = person;
  // He may have been removed from the organization he chose last: its events are no longer his.
  const active = memberships.find(({ organizationId }) => organizationId === activeOrganizationId) ?? memberships[0];
  if (active) {
    const { organizationId } = active;
    const ctx = systemContext(organizationId);
    await transaction(ctx, (tx) => recordEvent(tx, ctx, "auth.login", { user_id: data.user.id }));
  }
  return loggedIn(data.session);
}

function organizationNameOf(user: { user_metadata: Record<string, unknown> }): { organizationName?: string } {
  const name = user.user_metadata.organization_name;
  return typeof name === "string" ? { organizationName: name } : {};
}

const loginUrl = (next = "") => `${publicUrl()}/login${next && `?next=${encodeURIComponent(next)}`}`;

/** Makes an account with its organization. The answer is the same whether or not the address must be confirmed first. */
export async function signUp(input: SignUp): Promise<SignedUp> {
  const ask = () =>
    authClient().auth.signUp({
      email: input.email,
      password: input.password,
      options: { data: { organization_name: input.organizationName }, emailRedirectTo: loginUrl(input.next) },
    });
  const first = await ask();
  // Of two sign-ups with one address at the same moment, the auth service just fails one; asked again it says why.
  const { data, error } = (first.error?.status ?? 0) >= 500 ? await ask() : first;
  // An address that waits for confirmation is refused as asking too often, which would tell nobody what is wrong.
  if (error?.status === 429 && (await existsPerson(input.email))) throw authFailure({ code: "user_already_exists" });
  if (error) throw authFailure(error);
  // With confirmation on, the auth service hides a taken address behind a made-up user without identities.
  if (!data.user || data.user.identities?.length === 0) throw authFailure({ code: "user_already_exists" });
  await provisionPerson({
    userId: data.user.id,
    email: input.email,
    ...(input.organizationName && { organizationName: input.organizationName }),
  });
  return { message: "Please check your email to verify your account", user: { id: data.user.id, email: input.email } };
}

/** What the client would clear by itself is cleared by `forgetCookies`, also when the auth service is down. */
const nowhere: AnswerCookies = { appendCookie: () => undefined };

/** Ends the session of the request, if it has one, and its cookies. */
export async function logOut(request: Request, cookies: AnswerCookies): Promise<{ message: string }> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  // The auth service being down must not keep anybody logged in here.
  if (bearer) await endSessions(bearer, "local").catch(() => undefined);
  else
    await cookieClient(request, nowhere)
      .auth.signOut({ scope: "local" })
      .catch(() => undefined);
  forgetCookies(request, cookies);
  return { message: "Logged out successfully" };
}

/** Who is calling and for which organization. For a key, the user is its maker (null once that account is gone). */
export async function getCurrentSession(ctx: Context) {
  const userId = userIdOf(ctx);
  return transaction(ctx, async (tx) => {
    const { id, name, credits } = await selectOrganization(tx, ctx.organizationId);
    const email =
      ctx.actor.type === "user" ? ctx.actor.email : userId ? (await selectEmail(tx, userId))?.email : undefined;
    return { user: { id: userId, ...(email && { email }) }, organization: { id, name, credits } };
  });
}

/** A new session for a refresh token, from the body or the cookie. */
export async function refresh(token: string | undefined, request: Request, cookies: AnswerCookies): Promise<LoggedIn> {
  const client = token ? authClient() : cookieClient(request, cookies);
  const { data, error } = await client.auth.refreshSession(token ? { refresh_token: token } : undefined);
  if (error?.name === "AuthSessionMissingError") throw unauthorized("Send refresh_token or a session cookie.");
  if (error) throw authFailure(error);
  if (!data.session) throw unauthorized("The session is over. Log in again.");
  return loggedIn(data.session);
}

/** Whether one more mail may go to an address: whoever knows it must not be able to fill its inbox. */
async function mayMail(email: string): Promise<boolean> {
  const limit = Math.floor(mailsPerHour * env().RATE_LIMIT_MULTIPLIER);
  return (await consume(`mail:${email}`, { limit, windowSeconds: 3_600 })).allowed;
}

/** Mails a link for a new password. The answer never tells whether the address has an account. */
export async function askForReset(email: string): Promise<{ message: string }> {
  const message = "If this address has an account, a link to set a new password is on its way";
  if (!(await mayMail(email))) return { message };
  const redirectTo = `${publicUrl()}/update-password`;
  const { error } = await authClient().auth.resetPasswordForEmail(email, { redirectTo });
  if (error && error.status !== 400 && error.status !== 404 && error.status !== 429) throw authFailure(error);
  return { message };
}

/** Mails the confirmation link again; the answer never tells whether the address has an account. */
export async function resendConfirmation({ email, next }: Resend): Promise<{ message: string }> {
  const message = "If this address waits for confirmation, a new link is on its way";
  if (!(await mayMail(email))) return { message };
  const options = { emailRedirectTo: loginUrl(next) };
  const { error } = await authClient().auth.resend({ type: "signup", email, options });
  if (error && error.status !== 400 && error.status !== 404 && error.status !== 429) throw authFailure(error);
  return { message };
}

/** Sets a new password with the token of a mailed link and ends the account's other sessions. */
export async function setPassword({ access_token, password }: SetPassword): Promise<{ message: string }> {
  if (!(await verifyToken(access_token))) throw authFailure({ code: "bad_jwt" });
  const { refusal } = await changePassword(access_token, password);
  if (refusal) throw authFailure({ code: refusal });
  await endSessions(access_token, "others");
  return { message: "Password changed. Log in with the new one." };
}
