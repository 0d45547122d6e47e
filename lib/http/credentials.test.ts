import { stringToBase64URL } from "@supabase/ssr";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { sessionCookieName } from "#lib/auth/cookie-session";
import { env } from "#lib/env";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";

type Person = { userId: string; email: string };
const path = "/api/organizations/current";
const wrong = { status: 401, body: { error: "Invalid API key or session", code: "UNAUTHORIZED" } };

function tokenOf(person: Person, claims: { role?: string; audience?: string; subject?: string } = {}): Promise<string> {
  return new SignJWT({ email: person.email, role: claims.role ?? "authenticated" })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(claims.subject ?? person.userId)
    .setAudience(claims.audience ?? "authenticated")
    .setExpirationTime("1h")
    .sign(new TextEncoder().encode(env().SUPABASE_JWT_SECRET));
}

async function cookieOf(person: Person): Promise<string> {
  const session = {
    access_token: await signToken(person),
    refresh_token: "none",
    expires_in: 3600,
    token_type: "bearer",
  };
  return `${sessionCookieName()}=base64-${stringToBase64URL(JSON.stringify(session))}`;
}

test("README 5.1: a token of another secret, expired, for another audience or role, or without an algorithm is 401", async () => {
  const person = await createOrganization();
  const valid = await signToken(person);
  expect(await send(`GET ${path}`, { token: valid })).toMatchObject({ status: 200 });
  const [header = "", payload = "", signature = ""] = valid.split(".");
  const none = Buffer.from('{"alg":"none"}').toString("base64url");
  const admin = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(payload, "base64url").toString()), email: "x@example.com" }),
  ).toString("base64url");
  const refused = {
    forged: await signToken(person, { secret: "another secret of sufficient length" }),
    expired: await signToken(person, { expires: "-1 s" }),
    audience: await tokenOf(person, { audience: "somebody-else" }),
    "service role": await tokenOf(person, { role: "service_role" }),
    anonymous: await tokenOf(person, { role: "anon" }),
    "subject that is no id": await tokenOf(person, { subject: "1 or 1=1" }),
    "no algorithm": `${none}.${payload}.`,
    "no algorithm, old signature": `${none}.${payload}.${signature}`,
    "changed payload": `${header}.${admin}.${signature}`,
    "cut off": valid.slice(0, -2),
    "anon key": env().SUPABASE_ANON_KEY,
  };
  for (const [name, token] of Object.entries(refused))
    expect(await send(`GET ${path}`, { token }), name).toMatchObject(wrong);
});

test("README 5.1: a Bearer that is present but wrong is 401 even beside a valid cookie", async () => {
  const person = await createOrganization();
  const cookie = await cookieOf(person);
  expect(await send(`GET ${path}`, { cookie })).toMatchObject({ status: 200 });
  const expired = await signToken(person, { expires: "-1 s" });
  for (const authorization of ["Bearer sk_live_wrong", `Bearer ${expired}`, "Bearer", "Bearer a b", "Basic dTpw", ""]) {
    expect(await send(`GET ${path}`, { cookie, headers: { authorization } }), authorization).toMatchObject(wrong);
  }
  expect(await send(`GET ${path}`, { cookie, apiKey: person.apiKey })).toMatchObject({ status: 200 });
  expect(await send(`GET ${path}`, { headers: { authorization: `bearer   ${person.apiKey}` } })).toMatchObject({
    status: 200,
  });
});

test("a cookie that cannot be read, or with a dead session, is 401 and not 500", async () => {
  const name = sessionCookieName();
  const session = { access_token: "x.y.z", refresh_token: "gone" };
  for (const value of [
    "",
    "nonsense",
    "base64-%%%",
    "base64-bm9uc2Vuc2U",
    `base64-${stringToBase64URL("[]")}`,
    `base64-${stringToBase64URL(JSON.stringify(session))}`,
  ]) {
    expect(await send(`GET ${path}`, { cookie: `${name}=${value}` }), value).toMatchObject(wrong);
  }
});

test("X-API-Key opens the deprecated paths only", async () => {
  const { apiKey } = await createOrganization();
  expect(await send(`GET ${path}`, { headers: { "x-api-key": apiKey } })).toMatchObject(wrong);
});

test("README 5.1: a write with the cookie from another site is 403; from this site, or from a program, it passes", async () => {
  const person = await createOrganization();
  const cookie = await cookieOf(person);
  const rename = (headers: Record<string, string>, by: { cookie?: string; apiKey?: string } = { cookie }) =>
    send(`PATCH ${path}`, { ...by, headers, body: { name: "Renamed" } });
  const crossSite: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000.evil.example" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site", origin: "http://localhost:3000" },
  ];
  for (const headers of crossSite) {
    const refused = await rename(headers);
    expect(refused, JSON.stringify(headers)).toMatchObject({ status: 403, body: { code: "CROSS_SITE" } });
    expect(refused.headers.get("x-ratelimit-limit")).toMatch(/^\d+$/);
    expect(await send(`GET ${path}`, { cookie, headers })).toMatchObject({ status: 200 });
    expect(await rename(headers, { apiKey: person.apiKey })).toMatchObject({ status: 200 });
  }
  const own: Record<string, string>[] = [
    {},
    { origin: "http://localhost:3000" },
    { "sec-fetch-site": "same-origin", origin: "http://localhost:3000" },
    { "sec-fetch-site": "none" },
  ];
  for (const headers of own) expect(await rename(headers), JSON.stringify(headers)).toMatchObject({ status: 200 });
  const accept = await send("POST /api/organizations/invitations/accept", {
    cookie,
    headers: { origin: "https://evil.example" },
    body: { token: "x" },
  });
  expect(accept).toMatchObject({ status: 403, body: { code: "CROSS_SITE" } });
});
