import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { revokeKey } from "#lib/keys/service";
import { cookiesOf, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { bearer, refusal } from "#lib/testing/socket-client";
import { control, errorOf, path, prepareSockets } from "#lib/testing/socket-host";
import { signToken } from "#lib/testing/token";

const { host, open, greeted } = prepareSockets();

async function logIn(): Promise<{ cookie: string }> {
  const credentials = { email: `${randomUUID()}@example.com`, password: "correct horse 9" };
  await send("POST /api/auth/signup", { body: credentials });
  return { cookie: cookiesOf((await send("POST /api/auth/login", { body: credentials })).headers) };
}

test("O2 every form of credentials opens a connection: header, query, login token, cookie, first message", async () => {
  const { apiKey, ...person } = await createOrganization();
  const { cookie } = await logIn();
  const greeting = {
    type: "control",
    data: { action: "connected", client_id: "phone", session_id: "s1" },
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
  };
  const ways = [
    await open(path, bearer(apiKey)),
    await open(`${path}/`, bearer(apiKey)),
    await open(`${path}?token=${apiKey}`),
    await open(path, bearer(await signToken(person))),
    await open(`${path}?token=${await signToken(person)}`),
    await open(path, { headers: { cookie, origin: `http://127.0.0.1:${host.web.port}` } }),
  ];
  for (const client of ways) expect(await client.next()).toEqual(greeting);
  const late = await open();
  late.send(control("auth", { token: apiKey }));
  // What follows before the answer is not lost.
  late.send(control("ping"));
  expect(await late.next()).toEqual(greeting);
  expect(await late.next()).toMatchObject(control("pong"));
});

test("O2 wrong credentials at the upgrade are 401 without one; a missing scope is 403; other sites' cookies are 403", async () => {
  const reader = await createOrganization({ scopes: ["agents:read"] });
  const { cookie } = await logIn();
  const wrong = "sk_live_00000000000000000000000000000000";
  const denied = { success: false, data: null, error: { code: "AUTHENTICATION_ERROR" }, metadata: { version: "v2" } };
  for (const answer of [
    await refusal(`${host.base}${path}`, bearer(wrong)),
    await refusal(`${host.base}${path}?token=${wrong}`),
    await refusal(`${host.base}${path}?token=`),
    await refusal(`${host.base}${path}?token=a%0Ab`),
    await refusal(`${host.base}${path}`, { headers: { authorization: "Bearer eyJh.eyJz.c2ln", cookie } }),
  ]) {
    expect(answer).toMatchObject({ status: 401, body: denied });
    expect(answer.headers["x-request-id"]).toBe(answer.body.metadata.request_id);
    expect(JSON.stringify(answer)).not.toContain(wrong);
  }
  const forbidden = { status: 403, body: { error: { code: "PERMISSION_ERROR" } } };
  expect(await refusal(`${host.base}${path}`, bearer(reader.apiKey))).toMatchObject(forbidden);
  const elsewhere = { headers: { cookie, origin: "https://evil.example" } };
  expect(await refusal(`${host.base}${path}`, elsewhere)).toMatchObject(forbidden);
});

test("O2 no credentials in time, wrong ones, or something else first: closed with 4401", async () => {
  const { apiKey } = await createOrganization();
  const reader = await createOrganization({ scopes: ["agents:read"] });
  const silent = await open();
  expect((await silent.closed).code).toBe(4401);
  expect(silent.frames).toMatchObject([errorOf("AUTHENTICATION_ERROR")]);
  for (const [first, code] of [
    [control("auth", { token: "sk_live_wrong" }), 4401],
    [control("auth"), 4401],
    [control("ping"), 4401],
    ["not json", 4401],
    [control("auth", { token: reader.apiKey }), 4403],
  ] as const) {
    const client = await open();
    client.send(first);
    expect((await client.closed).code).toBe(code);
  }
  const staleCookie = await open(path, { headers: { cookie: "sb-x-auth-token=1" } });
  staleCookie.send(control("auth", { token: apiKey }));
  expect(await staleCookie.next()).toMatchObject(control("connected"));
});

test("O2 X14 other addresses are 404, names that cannot be are 400", async () => {
  const { apiKey } = await createOrganization();
  for (const url of ["/chat/ws/phone", "/chat/ws/a/b/c", "/ws", "/chat/%ff/a/b", "/api/agent-apps", "/nowhere"])
    expect((await refusal(`${host.base}${url}`, bearer(apiKey))).status, url).toBe(404);
  const long = await refusal(`${host.base}/chat/ws/${"c".repeat(129)}/s`, bearer(apiKey));
  expect(long).toMatchObject({
    status: 400,
    body: { error: { code: "VALIDATION_ERROR", details: { field: "client_id" } } },
  });
});

test("O2 connections of a key that is revoked are closed at once, others stay", async () => {
  const { apiKey, keyId, ctx } = await createOrganization();
  const other = await createOrganization();
  const [mine, late, theirs] = [await greeted(apiKey), await open(), await greeted(other.apiKey)];
  late.send(control("auth", { token: apiKey }));
  await late.next();
  const startedAt = performance.now();
  await revokeKey(ctx, keyId, { reason: "leaked", notify_user: false });
  expect((await mine.closed).code).toBe(4401);
  expect((await late.closed).code).toBe(4401);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  theirs.send(control("ping"));
  expect(await theirs.next()).toMatchObject(control("pong"));
});
