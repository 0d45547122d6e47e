import { randomUUID } from "node:crypto";
import { stringToBase64URL } from "@supabase/ssr";
import { expect, test } from "vitest";
import { sessionCookieName, storedSession } from "#lib/auth/cookie-session";
import { cookiesOf, send } from "#lib/testing/client";
import { signToken } from "#lib/testing/token";

const password = "correct horse 9";

async function logIn(options: { rememberMe?: boolean } = {}) {
  const email = `${randomUUID()}@example.com`;
  await send("POST /api/auth/signup", { body: { email, password } });
  const { body } = await send("POST /api/auth/login", { body: { email, password, ...options } });
  return { email, userId: body.user.id as string, refreshToken: body.session.refresh_token as string };
}

/** The cookie of a login whose hour is over: its access token ran out, its refresh token is good. */
async function expiredCookie(person: { userId: string; email: string }, refreshToken: string): Promise<string> {
  const access_token = await signToken(person, { expires: "-1 s" });
  const session = {
    access_token,
    refresh_token: refreshToken,
    expires_at: 1,
    expires_in: 0,
    token_type: "bearer",
    user: {},
  };
  return `${sessionCookieName()}=base64-${stringToBase64URL(JSON.stringify(session))}`;
}

test("a session that ran out is renewed on the way, and the new cookies come with the answer", async () => {
  const { refreshToken, ...person } = await logIn();
  const cookie = await expiredCookie(person, refreshToken);
  const answer = await send("GET /api/auth/session", { cookie });
  expect(answer).toMatchObject({ status: 200, body: { user: { email: person.email } } });
  const renewed = answer.headers.getSetCookie().filter((one) => one.startsWith(sessionCookieName()));
  expect(renewed.length).toBeGreaterThan(0);
  for (const one of renewed) expect(one).toMatch(/HttpOnly/i);
  for (const one of renewed) expect(one).not.toMatch(/Max-Age=[1-9]|Expires/i);
  expect(await send("GET /api/auth/session", { cookie: cookiesOf(answer.headers) })).toMatchObject({ status: 200 });
});

test("the choice to be remembered outlives a renewal", async () => {
  const { refreshToken, ...person } = await logIn({ rememberMe: true });
  const cookie = `${await expiredCookie(person, refreshToken)}; baton-remember=1`;
  const { headers } = await send("GET /api/auth/session", { cookie });
  expect(headers.getSetCookie().find((one) => one.startsWith(sessionCookieName()))).toMatch(/Max-Age=2592000/);
});

test("a page whose requests all carry the session that ran out is answered, not logged out", async () => {
  const { refreshToken, ...person } = await logIn();
  const cookie = await expiredCookie(person, refreshToken);
  const answers = await Promise.all(Array.from({ length: 5 }, () => send("GET /api/auth/session", { cookie })));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test("the renewed session belongs to whom the refresh token belongs, whatever the cookie claims", async () => {
  const { refreshToken, ...person } = await logIn();
  const other = await logIn();
  const cookie = await expiredCookie(other, refreshToken);
  expect((await send("GET /api/auth/session", { cookie })).body.user.email).toBe(person.email);
});

test("a cookie in several pieces is put together; one that is no session is none", async () => {
  const text = JSON.stringify({ access_token: "a", refresh_token: "r" });
  const name = sessionCookieName();
  const pieces = [
    { name: `${name}.0`, value: text.slice(0, 10) },
    { name: `${name}.1`, value: text.slice(10) },
  ];
  expect(await storedSession(pieces)).toEqual({ access_token: "a", refresh_token: "r" });
  for (const value of ["{}", "null", "[", "base64-", '{"access_token":1}'])
    expect(await storedSession([{ name, value }])).toBeUndefined();
  expect(await storedSession([])).toBeUndefined();
});
