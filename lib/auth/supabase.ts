import { type CookieOptions, createServerClient, parseCookieHeader, serializeCookieHeader } from "@supabase/ssr";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { AnswerCookies } from "#lib/auth/answer-cookies";
import { env, publicUrl } from "#lib/env";

/** Present beside the session cookie when the person asked to be remembered. */
const rememberCookie = "baton-remember";
const rememberSeconds = 30 * 24 * 3600;

/** A client of the auth service that keeps no session. */
export function authClient(): SupabaseClient {
  const { SUPABASE_URL, SUPABASE_ANON_KEY } = env();
  return createClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  });
}

/** The cookies of a request by name, decoded. */
export function cookiesOf(request: Request): { name: string; value: string }[] {
  return parseCookieHeader(request.headers.get("cookie") ?? "").map(({ name, value }) => ({
    name,
    value: value ?? "",
  }));
}

/** Whether the person asked at login to be remembered. */
export function isRemembered(cookies: { name: string; value: string }[]): boolean {
  return cookies.some(({ name, value }) => name === rememberCookie && value === "1");
}

/** How a cookie of the session is set; `remember` decides whether it outlives the browser. */
export function cookieSettings(remember: boolean): CookieOptions {
  return {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: publicUrl().startsWith("https:"),
    ...(remember && { maxAge: rememberSeconds }),
  };
}

/**
 * A client of the auth service whose session lives in the request's cookies. Cookies to set are appended to `cookies`.
 * `remember` decides whether they outlive the browser; left out, the choice made at login stays.
 */
export function cookieClient(request: Request, cookies: AnswerCookies, remember?: boolean): SupabaseClient {
  const { SUPABASE_URL, SUPABASE_ANON_KEY } = env();
  const sent = cookiesOf(request);
  const stays = remember ?? isRemembered(sent);
  const settings = cookieSettings(stays);
  return createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => sent,
      setAll: (changes) => {
        for (const { name, value, options } of changes) {
          const ended = options.maxAge === 0 ? { ...settings, maxAge: 0 } : settings;
          cookies.appendCookie(serializeCookieHeader(name, value, ended));
        }
        if (remember !== undefined) cookies.appendCookie(rememberChoice(remember));
      },
    },
  });
}

function rememberChoice(remember: boolean): string {
  return serializeCookieHeader(rememberCookie, remember ? "1" : "", {
    ...cookieSettings(true),
    ...(!remember && { maxAge: 0 }),
  });
}

/** Ends the cookies of a session whatever the auth service says. */
export function forgetCookies(request: Request, cookies: AnswerCookies): void {
  const settings = { ...cookieSettings(false), maxAge: 0 };
  for (const { name } of cookiesOf(request)) {
    if (name === rememberCookie || /^sb-.+-auth-token(\.\d+)?$/.test(name)) {
      cookies.appendCookie(serializeCookieHeader(name, "", settings));
    }
  }
}

async function callAuth(method: string, path: string, token: string, body?: object): Promise<Response> {
  const { SUPABASE_URL, SUPABASE_ANON_KEY } = env();
  return fetch(`${SUPABASE_URL}/auth/v1/${path}`, {
    method,
    headers: { apikey: SUPABASE_ANON_KEY, authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
}

/** Sets the password of the login that `token` belongs to. Answers the auth service's own error code when it refuses. */
export async function changePassword(token: string, password: string): Promise<{ refusal?: string }> {
  const response = await callAuth("PUT", "user", token, { password });
  if (response.ok) return {};
  const body: unknown = await response.json().catch(() => ({}));
  const code = typeof body === "object" && body !== null && "error_code" in body ? String(body.error_code) : "unknown";
  return { refusal: code };
}

/** Revokes the refresh tokens behind a login token: its own session's, or all the others. */
export async function endSessions(token: string, scope: "local" | "others"): Promise<void> {
  await callAuth("POST", `logout?scope=${scope}`, token);
}
