import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { POST as LOGIN } from "./login/route.ts";
import { POST as LOGOUT } from "./logout/route.ts";
import { POST as REFRESH } from "./refresh/route.ts";
import { GET as SESSION } from "./session/route.ts";
import { POST as SIGNUP } from "./signup/route.ts";
import { call } from "#lib/testing/call";

const password = "correct horse 9";
const newEmail = () => `${randomUUID()}@example.com`;

/** The cookies a response sets, as the next request would send them. */
function cookiesOf(headers: Headers): string {
  return headers
    .getSetCookie()
    .filter((cookie) => !/Max-Age=0/i.test(cookie))
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

test("C2 signs up: account, organization with the given name, welcome credits; C1 logs in; C4 tells who", async () => {
  const email = newEmail();
  const signedUp = await call(SIGNUP, { body: { email, password, organizationName: "Acme" } });
  expect(signedUp).toMatchObject({
    status: 201,
    body: { message: "Please check your email to verify your account", user: { email } },
  });

  const loggedIn = await call(LOGIN, { body: { email, password } });
  expect(loggedIn).toMatchObject({ status: 200, body: { user: { id: signedUp.body.user.id, email }, session: { expires_in: 3600 } } });

  const byToken = await call(SESSION, { token: loggedIn.body.session.access_token });
  expect(byToken).toMatchObject({ status: 200, body: { user: { email }, organization: { name: "Acme", credits: 25 } } });
  const byCookie = await call(SESSION, { cookie: cookiesOf(loggedIn.headers) });
  expect(byCookie.body).toEqual(byToken.body);
});

test("C1 the cookie is HttpOnly and Lax; with rememberMe it lasts 30 days, else until the browser closes", async () => {
  const email = newEmail();
  await call(SIGNUP, { body: { email, password } });
  const shortly = await call(LOGIN, { body: { email, password } });
  const session = shortly.headers.getSetCookie().find((cookie) => /^sb-.+-auth-token/.test(cookie)) ?? "";
  expect(session).toMatch(/HttpOnly/);
  expect(session).toMatch(/SameSite=Lax/i);
  expect(session).not.toMatch(/Max-Age|Expires/i);
  const long = await call(LOGIN, { body: { email, password, rememberMe: true } });
  expect(long.headers.getSetCookie().find((cookie) => /^sb-.+-auth-token/.test(cookie))).toMatch(/Max-Age=2592000/);
});

test("C1 unknown address and wrong password look alike; a missing field is named", async () => {
  const email = newEmail();
  await call(SIGNUP, { body: { email, password } });
  const wrong = await call(LOGIN, { body: { email, password: "wrong password" } });
  const unknown = await call(LOGIN, { body: { email: newEmail(), password } });
  expect(wrong).toMatchObject({ status: 401, body: { code: "INVALID_CREDENTIALS" } });
  expect(unknown.body).toEqual(wrong.body);
  expect(await call(LOGIN, { body: { email } })).toMatchObject({
    status: 400,
    body: { code: "VALIDATION_ERROR", details: { password: "Required field missing" } },
  });
});

test("C2 refuses a taken address, a bad address and a weak password, and names the default organization", async () => {
  const email = newEmail();
  await call(SIGNUP, { body: { email, password } });
  expect(await call(SIGNUP, { body: { email, password } })).toMatchObject({ status: 409, body: { code: "EMAIL_TAKEN" } });
  expect(await call(SIGNUP, { body: { email: "nobody", password } })).toMatchObject({
    status: 400,
    body: { details: { email: "Must be an e-mail address" } },
  });
  expect(await call(SIGNUP, { body: { email: newEmail(), password: "short" } })).toMatchObject({
    status: 400,
    body: { details: { password: "Password must have at least 8 characters" } },
  });
  const { body } = await call(LOGIN, { body: { email, password } });
  const session = await call(SESSION, { token: body.session.access_token });
  expect(session.body.organization.name).toBe(`${email.split("@")[0]}'s organization`);
});

test("C3 logs out: the refresh token is dead and the cookies are cleared; without a session it is harmless", async () => {
  const email = newEmail();
  await call(SIGNUP, { body: { email, password } });
  const { headers, body } = await call(LOGIN, { body: { email, password } });
  const out = await call(LOGOUT, { method: "POST", cookie: cookiesOf(headers) });
  expect(out).toMatchObject({ status: 200, body: { message: "Logged out successfully" } });
  expect(out.headers.getSetCookie().some((cookie) => /^sb-.+=;.*Max-Age=0/i.test(cookie))).toBe(true);
  expect(await call(REFRESH, { body: { refresh_token: body.session.refresh_token } })).toMatchObject({ status: 401 });
  expect(await call(LOGOUT, { method: "POST" })).toMatchObject({ status: 200 });
});

test("+C6 refreshes a session by token", async () => {
  const email = newEmail();
  await call(SIGNUP, { body: { email, password } });
  const { body } = await call(LOGIN, { body: { email, password } });
  const fresh = await call(REFRESH, { body: { refresh_token: body.session.refresh_token } });
  expect(fresh).toMatchObject({ status: 200, body: { user: { email } } });
  expect(await call(SESSION, { token: fresh.body.session.access_token })).toMatchObject({ status: 200 });
  expect(await call(REFRESH, { method: "POST" })).toMatchObject({ status: 401 });
});
