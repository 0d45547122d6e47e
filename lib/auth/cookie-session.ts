import {
  combineChunks,
  createChunks,
  serializeCookieHeader,
  stringFromBase64URL,
  stringToBase64URL,
} from "@supabase/ssr";
import type { Session } from "@supabase/supabase-js";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { AnswerCookies } from "#lib/auth/answer-cookies";
import { authClient, cookieSettings, cookiesOf, isRemembered } from "#lib/auth/supabase";
import { type Login, verifyToken } from "#lib/auth/token";
import { env } from "#lib/env";
import { singleton } from "#lib/singleton";

const Stored = z.object({ access_token: z.string(), refresh_token: z.string() });

/** The name under which `@supabase/ssr` keeps the session of this project. */
export function sessionCookieName(): string {
  return `sb-${new URL(env().SUPABASE_URL).hostname.split(".")[0]}-auth-token`;
}

/** The tokens in the session cookie, not yet checked. Nothing when there is none or it cannot be read. */
export async function storedSession(
  cookies: { name: string; value: string }[],
): Promise<z.infer<typeof Stored> | undefined> {
  const text = await combineChunks(
    sessionCookieName(),
    (name) => cookies.find((cookie) => cookie.name === name)?.value,
  );
  if (!text) return undefined;
  try {
    const json = text.startsWith("base64-") ? stringFromBase64URL(text.slice("base64-".length)) : text;
    return Stored.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

const renewals = singleton(
  "auth.renewals",
  () => new LRUCache<string, Promise<Session | undefined>>({ max: 1_000, ttl: 10_000 }),
);

/** A refresh token is good for one use: one renewal serves all requests that a page sends with the same old session. */
function renew(refreshToken: string): Promise<Session | undefined> {
  const known = renewals.get(refreshToken);
  if (known) return known;
  const renewal = authClient()
    .auth.refreshSession({ refresh_token: refreshToken })
    .then(({ data }) => {
      if (!data.session) renewals.delete(refreshToken);
      return data.session ?? undefined;
    });
  renewals.set(refreshToken, renewal);
  return renewal;
}

/** Appends the cookies of a session, in the form of `@supabase/ssr`, and ends those of the old one that are left over. */
function writeSession(request: Request, cookies: AnswerCookies, session: Session): void {
  const name = sessionCookieName();
  const sent = cookiesOf(request);
  const settings = cookieSettings(isRemembered(sent));
  const chunks = createChunks(name, `base64-${stringToBase64URL(JSON.stringify(session))}`);
  for (const chunk of chunks) cookies.appendCookie(serializeCookieHeader(chunk.name, chunk.value, settings));
  for (const old of sent) {
    const isOfSession = old.name === name || old.name.startsWith(`${name}.`);
    if (!isOfSession || chunks.some((chunk) => chunk.name === old.name)) continue;
    cookies.appendCookie(serializeCookieHeader(old.name, "", { ...settings, maxAge: 0 }));
  }
}

/** Who the cookie belongs to. A session that ran out is renewed, and its new cookies are appended to `cookies`. */
export async function loginOfCookie(request: Request, cookies: AnswerCookies): Promise<Login | undefined> {
  const stored = await storedSession(cookiesOf(request));
  if (!stored) return undefined;
  const login = await verifyToken(stored.access_token);
  if (login) return login;
  const session = await renew(stored.refresh_token);
  if (!session) return undefined;
  writeSession(request, cookies, session);
  return verifyToken(session.access_token);
}
