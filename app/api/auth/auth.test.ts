import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { cookiesOf, send } from "#lib/testing/client";

const password = "correct horse 9";
const newEmail = () => `${randomUUID()}@example.com`;

test("C2 signs up: account, organization with the given name, welcome credits; C1 logs in; C4 tells who", async () => {
  const email = newEmail();
  const signedUp = await send("POST /api/auth/signup", { body: { email, password, organizationName: "Acme" } });
  expect(signedUp).toMatchObject({
    status: 201,
    body: { message: "Please check your email to verify your account", user: { email } },
  });

  const loggedIn = await send("POST /api/auth/login", { body: { email, password } });
  expect(loggedIn).toMatchObject({
    status: 200,
    body: { user: { id: signedUp.body.user.id, email }, session: { expires_in: 3600 } },
  });

  const byToken = await send("GET /api/auth/session", { token: loggedIn.body.session.access_token });
  expect(byToken).toMatchObject({
    status: 200,
    body: { user: { email }, organization: { name: "Acme", credits: 25 } },
  });
  const byCookie = await send("GET /api/auth/session", { cookie: cookiesOf(loggedIn.headers) });
  expect(byCookie.body).toEqual(byToken.body);
});

test("C1 the cookie is HttpOnly and Lax; with rememberMe it lasts 30 days, else until the browser closes", async () => {
  const email = newEmail();
  await send("POST /api/auth/signup", { body: { email, password } });
  const shortly = await send("POST /api/auth/login", { body: { email, password } });
  const session = shortly.headers.getSetCookie().find((cookie) => /^sb-.+-auth-token/.test(cookie)) ?? "";
  expect(session).toMatch(/HttpOnly/);
  expect(session).toMatch(/SameSite=Lax/i);
  expect(session).not.toMatch(/Max-Age|Expires/i);
  const long = await send("POST /api/auth/login", { body: { email, password, rememberMe: true } });
  expect(long.headers.getSetCookie().find((cookie) => /^sb-.+-auth-token/.test(cookie))).toMatch(/Max-Age=2592000/);
});

test("C1 unknown address and wrong password look alike; a missing field is named", async () => {
  const email = newEmail();
  await send("POST /api/auth/signup", { body: { email, password } });
  const wrong = await send("POST /api/auth/login", { body: { email, password: "wrong password" } });
  const unknown = await send("POST /api/auth/login", { body: { email: newEmail(), password } });
  expect(wrong).toMatchObject({ status: 401, body: { code: "INVALID_CREDENTIALS" } });
  expect(unknown.body).toEqual(wrong.body);
  expect(await send("POST /api/auth/login", { body: { email } })).toMatchObject({
    status: 400,
    body: { code: "VALIDATION_ERROR", details: { password: "Required field missing" } },
  });
});

test("C2 refuses a taken address, a bad address and a weak password, and names the default organization", async () => {
  const email = newEmail();
  await send("POST /api/auth/signup", { body: { email, password } });
  expect(await send("POST /api/auth/signup", { body: { email, password } })).toMatchObject({
    status: 409,
    body: { code: "EMAIL_TAKEN" },
  });
  expect(await send("POST /api/auth/signup", { body: { email: "nobody", password } })).toMatchObject({
    status: 400,
    body: { details: { email: "Must be an e-mail address" } },
  });
  expect(await send("POST /api/auth/signup", { body: { email: newEmail(), password: "short" } })).toMatchObject({
    status: 400,
    body: { details: { password: "Password must have at least 8 characters" } },
  });
  const { body } = await send("POST /api/auth/login", { body: { email, password } });
  const session = await send("GET /api/auth/session", { token: body.session.access_token });
  expect(session.body.organization.name).toBe(`${email.split("@")[0]}'s organization`);
});

test("C3 logs out: the refresh token is dead and the cookies are cleared; without a session it is harmless", async () => {
  const email = newEmail();
  await send("POST /api/auth/signup", { body: { email, password } });
  const { headers, body } = await send("POST /api/auth/login", { body: { email, password } });
  const out = await send("POST /api/auth/logout", { cookie: cookiesOf(headers) });
  expect(out).toMatchObject({ status: 200, body: { message: "Logged out successfully" } });
  expect(out.headers.getSetCookie().some((cookie) => /^sb-.+=;.*Max-Age=0/i.test(cookie))).toBe(true);
  expect(await send("POST /api/auth/refresh", { body: { refresh_token: body.session.refresh_token } })).toMatchObject({
    status: 401,
  });
  expect(await send("POST /api/auth/logout")).toMatchObject({ status: 200 });
});

test("+C6 refreshes a session by token", async () => {
  const email = newEmail();
  await send("POST /api/auth/signup", { body: { email, password } });
  const { body } = await send("POST /api/auth/login", { body: { email, password } });
  const fresh = await send("POST /api/auth/refresh", { body: { refresh_token: body.session.refresh_token } });
  expect(fresh).toMatchObject({ status: 200, body: { user: { email } } });
  expect(await send("GET /api/auth/session", { token: fresh.body.session.access_token })).toMatchObject({
    status: 200,
  });
  expect(await send("POST /api/auth/refresh")).toMatchObject({ status: 401 });
});
