import { combineChunks, stringFromBase64URL } from "@supabase/ssr";
import { z } from "zod";
import { cookieClient, cookiesOf } from "#lib/auth/supabase";
import { type Login, verifyToken } from "#lib/auth/token";
import { env } from "#lib/env";

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

/** Who the cookie belongs to. A session that ran out is renewed, and its new cookies are appended to `headers`. */
export async function loginOfCookie(request: Request, headers: Headers): Promise<Login | undefined> {
  const stored = await storedSession(cookiesOf(request));
  if (!stored) return undefined;
  const login = await verifyToken(stored.access_token);
  if (login) return login;
  const { data } = await cookieClient(request, headers).auth.refreshSession({ refresh_token: stored.refresh_token });
  return data.session ? verifyToken(data.session.access_token) : undefined;
}
