import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, expect, test } from "vitest";
import { looksLikeToken, verifyToken } from "#lib/auth/token";
import { env, provideEnvironment } from "#lib/env";
import { signToken } from "#lib/testing/token";

const before = { SUPABASE_JWT_SECRET: env().SUPABASE_JWT_SECRET ?? "", SUPABASE_URL: env().SUPABASE_URL };
let server: Server | undefined;
afterAll(() => {
  provideEnvironment(before);
  server?.close();
});
const newPerson = () => ({ userId: randomUUID(), email: "a@example.com" });

test("a token that was checked once ends with its own time all the same", async () => {
  const person = newPerson();
  const token = await signToken(person, { expires: "1h" });
  expect(await verifyToken(token)).toMatchObject(person);
  expect(await verifyToken(token, Date.now() + 3_500_000)).toMatchObject(person);
  expect(await verifyToken(token, Date.now() + 3_700_000)).toBeUndefined();
});

test("keys are told from tokens by their shape", () => {
  for (const key of ["sk_live_abc", "pac_abc", "", "eyJ", "eyJh.eyJz", "eyJh.eyJz.", "a.b.c"])
    expect(looksLikeToken(key), key).toBe(false);
  expect(looksLikeToken("eyJh.eyJz.c2ln")).toBe(true);
});

test("without a shared secret, tokens are checked with the keys the project publishes, and no HS256 token passes", async () => {
  const { publicKey, privateKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "ES256", use: "sig" };
  let trouble: "down" | "failing" | "nonsense" | undefined;
  server = createServer((_request, response) => {
    if (trouble === "down") response.destroy();
    else if (trouble === "failing") response.writeHead(502).end("Bad gateway");
    else if (trouble === "nonsense") response.end("<html>");
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: [jwk] }));
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const hs256 = await signToken(newPerson());
  provideEnvironment({
    SUPABASE_JWT_SECRET: "",
    SUPABASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

  const person = newPerson();
  const sign = (audience = "authenticated", kid = "one") =>
    new SignJWT({ email: person.email, role: "authenticated" })
      .setProtectedHeader({ alg: "ES256", kid })
      .setSubject(person.userId)
      .setAudience(audience)
      .setExpirationTime("1h")
      .sign(privateKey);
  // The sign-in service being down is no verdict on the token.
  for (trouble of ["down", "failing", "nonsense"] as const) {
    await expect(verifyToken(await sign()), trouble).rejects.toMatchObject({ code: "unavailable" });
  }
  trouble = undefined;
  expect(await verifyToken(await sign())).toMatchObject(person);
  expect(await verifyToken(await sign("somebody-else"))).toBeUndefined();
  expect(await verifyToken(await sign("authenticated", "unknown"))).toBeUndefined();
  expect(await verifyToken(hs256)).toBeUndefined();
});
