import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { cached, forgetCached } from "#lib/auth/cache";
import { callerOf, hashKey } from "#lib/auth/caller";
import { flushKeyUse, noteKeyUse } from "#lib/auth/key-use";
import { selectKeyByHash } from "#lib/auth/queries";
import { isListening } from "#lib/db/listen";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { AnswerHeaders } from "#lib/http/answer-headers";
import { createOrganization } from "#lib/testing/factories";

const listening = () => expect.poll(isListening, { timeout: 10_000 }).toBe(true);

async function lastUse(keyId: string): Promise<string | null> {
  const { lastUsedAt } = await system.one<{ lastUsedAt: string | null }>(
    sql`select last_used_at from api_keys where id = ${keyId}`,
  );
  return lastUsedAt;
}

test("README 5.1: the use of a key is written at most once a minute, however many processes note it", async () => {
  const { keyId } = await createOrganization();
  const start = Date.now();
  noteKeyUse(keyId, start);
  await flushKeyUse();
  const first = await lastUse(keyId);
  expect(first).not.toBeNull();
  noteKeyUse(keyId, start + 59_000);
  await flushKeyUse();
  expect(await lastUse(keyId)).toBe(first);
  // This process's minute is over, the database's is not: another process wrote meanwhile.
  noteKeyUse(keyId, start + 61_000);
  await flushKeyUse();
  expect(await lastUse(keyId)).toBe(first);
  await system.run(sql`update api_keys set last_used_at = now() - interval '2 minutes' where id = ${keyId}`);
  noteKeyUse(keyId, start + 122_000);
  await flushKeyUse();
  expect(Date.parse((await lastUse(keyId)) ?? "")).toBeGreaterThanOrEqual(start - 60_000);
});

test("K6 a key is known by the hash of its whole text and never by its prefix", async () => {
  const { keyId, organizationId } = await createOrganization();
  const imported = `pac_${randomUUID()}`;
  await system.run(sql`update api_keys set key_hash = ${hashKey(imported)} where id = ${keyId}`);
  const request = (key: string) => new Request("http://localhost/", { headers: { authorization: `Bearer ${key}` } });
  const caller = await callerOf(request(imported), "/api/stats", new AnswerHeaders());
  expect(caller).toMatchObject({ organizationId, actor: { type: "apiKey", keyId } });
  for (const key of [imported.slice(0, -1), `${imported}x`, imported.toUpperCase(), imported.slice(0, 14)]) {
    await expect(callerOf(request(key), "/api/stats", new AnswerHeaders())).rejects.toMatchObject({
      code: "unauthorized",
    });
  }
});

test("README 5.1: X-API-Key counts below /api/v3/ and on the three old paths only, and Bearer comes first", async () => {
  const { apiKey, organizationId } = await createOrganization();
  const request = new Request("http://localhost/", { headers: { "x-api-key": apiKey } });
  for (const path of ["/api/v3/agents", "/api/agent", "/api/agent/", "/api/status", "/api/cancel"]) {
    expect(await callerOf(request, path, new AnswerHeaders()), path).toMatchObject({ organizationId });
  }
  for (const path of ["/api/v4/agents", "/api/agents", "/api/agent/subagent_1", "/api/stats", "/chat/v2/chat"]) {
    expect(await callerOf(request, path, new AnswerHeaders()), path).toBeUndefined();
  }
  const both = new Request("http://localhost/", {
    headers: { "x-api-key": apiKey, authorization: "Bearer sk_live_wrong" },
  });
  await expect(callerOf(both, "/api/v3/agents", new AnswerHeaders())).rejects.toMatchObject({ code: "unauthorized" });
});

test("what is not found is not kept, so that a new key works at once", async () => {
  const hash = hashKey(randomUUID());
  const read = () =>
    cached(
      "key",
      hash.toString("base64"),
      () => selectKeyByHash(hash),
      ({ id }) => id,
    );
  expect(await read()).toBeUndefined();
  const { keyId } = await createOrganization();
  await system.run(sql`update api_keys set key_hash = ${hash} where id = ${keyId}`);
  expect(await read()).toMatchObject({ id: keyId });
});

test("a value that changes while it is being loaded is used once and not kept", async () => {
  await cached(
    "key",
    randomUUID(),
    async () => ({}),
    () => "warm",
  );
  await listening();
  const [key, tag] = [randomUUID(), randomUUID()];
  const loads: string[] = [];
  const read = (value: string, meanwhile: () => void = () => undefined) =>
    cached(
      "key",
      key,
      async () => {
        loads.push(value);
        meanwhile();
        return { value };
      },
      () => tag,
    );
  expect(await read("old", () => forgetCached("key", tag))).toEqual({ value: "old" });
  expect(await read("new")).toEqual({ value: "new" });
  expect(await read("newer")).toEqual({ value: "new" });
  forgetCached("key", tag);
  expect(await read("newest")).toEqual({ value: "newest" });
  expect(loads).toEqual(["old", "new", "newest"]);
});

test("a change made by SQL alone, past this process, empties its cache", async () => {
  const { apiKey, keyId } = await createOrganization();
  const request = new Request("http://localhost/", { headers: { authorization: `Bearer ${apiKey}` } });
  const scopes = async () => (await callerOf(request, "/", new AnswerHeaders()))?.actor;
  expect(await scopes()).toMatchObject({ scopes: expect.arrayContaining(["admin:write"]) });
  await listening();
  await scopes();
  await system.run(sql`update api_keys set scopes = '{agents:read}' where id = ${keyId}`);
  await expect.poll(scopes).toMatchObject({ scopes: ["agents:read"] });
});
