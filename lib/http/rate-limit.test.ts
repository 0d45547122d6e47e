import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { type Sent, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

beforeAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1" }));
afterAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" }));

/** An address of the documentation range that no other test uses. */
const newAddress = () => `2001:db8::${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`;
const now = () => Math.floor(Date.now() / 1_000);

/** Runs a scenario again when the clock went into the next window meanwhile: its counts are of two windows then. */
async function inOneWindow<T>(windowSeconds: number, scenario: () => Promise<T>): Promise<T> {
  for (;;) {
    const window = Math.floor(now() / windowSeconds);
    const result = await scenario();
    if (Math.floor(now() / windowSeconds) === window) return result;
  }
}

test("README 5.3: cloud answers an address 100 times an hour without credentials, then 429 with Retry-After", async () => {
  const { ip, answers } = await inOneWindow(3600, async () => {
    const address = newAddress();
    const sent: Sent[] = [];
    for (let call = 0; call < 102; call++) sent.push(await send("GET /api/api-keys", { ip: address }));
    return { ip: address, answers: sent };
  });
  const hour = answers[0]?.headers.get("x-ratelimit-reset");
  expect(answers.slice(0, 100).every(({ status }) => status === 401)).toBe(true);
  expect(answers.map(({ headers }) => Number(headers.get("x-ratelimit-remaining")))).toEqual([
    ...Array.from({ length: 100 }, (_, index) => 99 - index),
    0,
    0,
  ]);
  expect(Number(hour) % 3600).toBe(0);
  for (const refused of answers.slice(100)) {
    expect(refused).toMatchObject({ status: 429, body: { error: "Rate limit exceeded", code: "RATE_LIMITED" } });
    expect(refused.headers.get("x-ratelimit-limit")).toBe("100");
    const retryAfter = Number(refused.headers.get("retry-after"));
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(Math.abs(now() + retryAfter - Number(hour))).toBeLessThanOrEqual(2);
  }
  expect(await send("GET /api/health", { ip })).toMatchObject({ status: 200 });
  expect(await send("GET /api/unknown", { ip })).toMatchObject({ status: 429 });
  expect(await send("GET /api/unknown", { ip: newAddress() })).toMatchObject({ status: 404 });
});

test("README 5.3: a known caller has 1000 an hour of his own, also behind an address that used up its share", async () => {
  const ip = newAddress();
  const guess = () => send("GET /api/api-keys", { ip, apiKey: "sk_live_guessed" });
  while ((await guess()).status !== 429) expect((await guess()).headers.get("x-ratelimit-limit")).toBe("100");
  const { apiKey } = await createOrganization();
  const own = await send("GET /api/api-keys", { ip, apiKey });
  expect(own.status).toBe(200);
  expect(own.headers.get("x-ratelimit-limit")).toBe("1000");
  expect(own.headers.get("x-ratelimit-remaining")).toBe("999");
  expect((await send("GET /api/api-keys", { ip, apiKey })).headers.get("x-ratelimit-remaining")).toBe("998");
});

test("README 5.3: the families' own figures are in the headers", async () => {
  const { apiKey } = await createOrganization();
  const limitOf = async (line: string) => (await send(line, { apiKey })).headers.get("x-ratelimit-limit");
  expect(await limitOf("GET /api/organizations/current")).toBe("1000");
  expect(await limitOf("GET /api/metrics")).toBe("1000");
  expect(await limitOf("POST /chat/v2/chat")).toBe("1050");
  expect(await limitOf("GET /v1/models")).toBe("1050");
});

test("a password cannot be guessed: ten log-ins of one account in a quarter of an hour, then 429, right or wrong", async () => {
  const password = "correct horse 9";
  const { statuses, refused } = await inOneWindow(900, async () => {
    const email = `${randomUUID()}@example.com`;
    await send("POST /api/auth/signup", { ip: newAddress(), body: { email, password } });
    const logIn = (attempt: string) =>
      send("POST /api/auth/login", { ip: newAddress(), body: { email: email.toUpperCase(), password: attempt } });
    const guessed: number[] = [];
    for (let attempt = 0; attempt < 10; attempt++) guessed.push((await logIn(`guess ${attempt}`)).status);
    return { statuses: guessed, refused: await logIn(password) };
  });
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(refused).toMatchObject({ status: 429, body: { code: "RATE_LIMITED" } });
  expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(900);
});

test("one address tries 50 log-ins in a quarter of an hour, however many accounts it tries", async () => {
  const statuses = await inOneWindow(900, async () => {
    const ip = newAddress();
    const tried: number[] = [];
    for (let attempt = 0; attempt < 52; attempt++) {
      const body = { email: `${randomUUID()}@example.com`, password: "wrong password" };
      tried.push((await send("POST /api/auth/login", { ip, body })).status);
    }
    return tried;
  });
  expect(statuses.filter((status) => status === 401)).toHaveLength(50);
  expect(statuses.slice(50)).toEqual([429, 429]);
});
