import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { provideEnvironment } from "#lib/env";
import { generate } from "#lib/models/gateway";
import { findCandidate, listCandidates } from "#lib/models/service";
import { listRuns } from "#lib/runs/service";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

const path = "/api/provider-keys";
const secret = "sk-own-0123456789abcdef";
const messages = [{ role: "user" as const, content: "Hello there" }];
let fake: FakeOpenAI;

beforeEach(async () => {
  fake = await startFakeOpenAI();
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "1" });
  configureProviders({ OPENAI_BASE_URL: fake.url, ANTHROPIC_BASE_URL: fake.url, BATON_METER_MODELS: "1" });
});
afterEach(async () => {
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "0" });
  configureProviders();
  await fake.close();
});

async function owner() {
  const organization = await createOrganization();
  const { apiKey } = organization;
  const add = (body: Record<string, unknown> = {}) =>
    send(`POST ${path}`, { apiKey, body: { provider: "openai", key: secret, ...body } });
  const list = async () => (await send(`GET ${path}`, { apiKey })).body.providerKeys;
  const ask = (model = "gpt4", extra: Record<string, unknown> = {}) =>
    send("POST /v1/chat/completions", { apiKey, body: { model, messages, ...extra } });
  return { ...organization, add, list, ask };
}

test("a key is stored sealed, shown never, listed without it, changed and deleted; each change is audited", async () => {
  const { apiKey, add, list, organizationId } = await owner();

  const created = await add({ label: "Ours" });

  const { id } = created.body.providerKey;
  expect(created).toMatchObject({
    status: 201,
    body: { providerKey: { provider: "openai", label: "Ours", last4: "cdef", base_url: null, is_active: true } },
  });
  expect(await list()).toMatchObject([{ id, last_test_at: null, last_test_status: null }]);
  const changed = await send(`PATCH ${path}/${id}`, { apiKey, body: { label: "Other", is_active: false } });
  expect(changed).toMatchObject({ status: 200, body: { providerKey: { label: "Other", is_active: false } } });
  const rows = await system.all<Record<string, unknown>>(sql`
    select sealed_key::text, row_to_json(k)::text as whole from provider_keys k where organization_id = ${organizationId}`);
  expect(JSON.stringify([rows, created.text, changed.text, await list()])).not.toContain(secret);
  expect(await send(`DELETE ${path}/${id}`, { apiKey })).toMatchObject({
    status: 200,
    body: { message: expect.any(String) },
  });
  expect(await list()).toEqual([]);
  const audited = await system.all<{ details: unknown }>(sql`
    select details from audit_entries where organization_id = ${organizationId} and resource_type = 'provider_key'`);
  expect(audited).toHaveLength(3);
  expect(JSON.stringify(audited)).not.toContain(secret);
});

test("the organization's own key is used in place of the simulator and of the operator's, and is not charged", async () => {
  const { add, ask, ctx, organizationId } = await owner();
  expect((await ask()).body).toMatchObject({ simulated: true });

  await add();
  expect((await ask()).body).not.toHaveProperty("simulated");
  const operator = { OPENAI_API_KEY: "sk-operator-key", OPENAI_BASE_URL: fake.url, BATON_METER_MODELS: "1" };
  configureProviders(operator);
  expect((await ask("openai/gpt-99")).status).toBe(200);
  await ask("gpt4", { stream: true });
  const candidate = await findCandidate("codex", ctx);
  expect(await generate(ctx, { candidate, messages })).toMatchObject({ simulated: false, charge: null });

  expect(fake.received).toHaveLength(4);
  for (const { headers } of fake.received) expect(headers.authorization).toBe(`Bearer ${secret}`);
  const { items } = await listRuns(ctx, { limit: 10, offset: 0 });
  expect(items.map(({ chargedMicros }) => chargedMicros)).toEqual([0, 0, 0, 0]);
  const { available } = await system.one<{ available: number }>(sql`
    select available_micros as available from organizations where id = ${organizationId}`);
  expect(available).toBe(250_000);
  // Another organization knows nothing of it.
  const other = await owner();
  await other.ask();
  expect(fake.received.at(-1)?.headers.authorization).toBe("Bearer sk-operator-key");
});

test("switching a key on switches the provider's others off; without an active one it is the operator's turn again", async () => {
  const { apiKey, add, list, ask } = await owner();
  const first = (await add()).body.providerKey.id;
  const second = (await add({ key: "sk-second-0123456789" })).body.providerKey.id;
  const active = async () => (await list()).filter((key: { is_active: boolean }) => key.is_active);
  expect(await active()).toMatchObject([{ id: second }]);
  await send(`PATCH ${path}/${first}`, { apiKey, body: { is_active: true } });
  expect(await active()).toMatchObject([{ id: first }]);
  await ask();
  expect(fake.received.at(-1)?.headers.authorization).toBe(`Bearer ${secret}`);
  await send(`DELETE ${path}/${first}`, { apiKey });
  expect((await ask()).body).toMatchObject({ simulated: true });
  const many = Array.from({ length: 10 }, () => send(`PATCH ${path}/${second}`, { apiKey, body: { is_active: true } }));
  expect((await Promise.all([...many, add(), add(), add()])).every(({ status }) => status < 300)).toBe(true);
  expect(await active()).toHaveLength(1);
});

test("own servers: their models are listed and called at the address that was given", async () => {
  const { apiKey, add, ask, ctx } = await owner();
  expect(await add({ provider: "ollama", key: undefined, base_url: fake.url })).toMatchObject({ status: 201 });
  const listed = await send("GET /v1/models", { apiKey });
  expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain("ollama/llama3.2");
  expect((await ask("ollama/llama3.2")).status).toBe(200);
  expect((await listCandidates(ctx)).map(({ model }) => model.name)).toEqual(["ollama/llama3.2"]);
  const [candidate] = await listCandidates(ctx);
  if (!candidate) throw new Error("There is no candidate.");
  expect((await generate(ctx, { candidate, messages })).text).toBe("Hello from the fake provider.");
});

test.each(["openai", "anthropic"] as const)(
  "a key of %s is tested against its provider, and how that ended is noted",
  async (provider) => {
    const { apiKey, add, list } = await owner();
    const { id } = (await add({ provider })).body.providerKey;
    const tested = await send(`POST ${path}/${id}/test`, { apiKey });
    expect(tested).toMatchObject({
      status: 200,
      body: { ok: true, status: 200, models: ["llama3.2", "nomic-embed-text"], error: null },
    });
    const carried = provider === "anthropic" ? { "x-api-key": secret } : { authorization: `Bearer ${secret}` };
    expect(fake.received[0]?.headers).toMatchObject(carried);
    expect(await list()).toMatchObject([{ last_test_status: "ok", last_test_at: expect.any(String) }]);

    await fake.close();
    const failed = await send(`POST ${path}/${id}/test`, { apiKey });
    expect(failed.body).toMatchObject({ ok: false, status: null, error: expect.stringContaining("cannot be reached") });
    expect(await list()).toMatchObject([{ last_test_status: "failed", last_test_error: failed.body.error }]);
    await send(`PATCH ${path}/${id}`, { apiKey, body: { key: "sk-another-0123456789" } });
    expect(await list()).toMatchObject([{ last_test_status: null, last4: "6789" }]);
  },
);

test.each([
  ["no key", { key: undefined }, "key"],
  ["no address for an own server", { provider: "compatible", key: undefined }, "base_url"],
  ["an unknown provider", { provider: "acme" }, "provider"],
  ["a blank label", { label: "  " }, "label"],
  ["a key with spaces", { key: "sk with spaces" }, "key"],
  ["an address that is none", { base_url: "not a url" }, "base_url"],
  ["an address with a query", { base_url: "https://api.example.com/v1?x=1" }, "base_url"],
])("%s is refused", async (_, wrong, field) => {
  const { add, list } = await owner();
  const refused = await add(wrong);
  expect(refused).toMatchObject({ status: 400, body: { code: expect.any(String) } });
  expect(JSON.stringify(refused.body.details)).toContain(field);
  expect(await list()).toEqual([]);
});

test.each([
  "http://127.0.0.1:9/v1",
  "http://localhost/v1",
  "http://169.254.169.254/v1",
  "http://[::1]/v1",
  "http://2130706433/v1",
])("an address that is not public is refused: %s", async (baseUrl) => {
  const { add, apiKey } = await owner();
  const { id } = (await add()).body.providerKey;
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "0" });
  expect(await add({ base_url: baseUrl })).toMatchObject({ status: 400 });
  expect(await send(`PATCH ${path}/${id}`, { apiKey, body: { base_url: baseUrl, key: secret } })).toMatchObject({
    status: 400,
  });
});

test("an address that is private by the time of the call is not connected to, by neither way of calling", async () => {
  const { add, ask, apiKey, ctx } = await owner();
  const { id } = (await add({ base_url: fake.url })).body.providerKey;
  provideEnvironment({ WEBHOOK_ALLOW_PRIVATE: "0" });
  configureProviders();
  expect(await ask()).toMatchObject({ status: 503, body: { error: { message: "OpenAI cannot be reached." } } });
  const candidate = await findCandidate("gpt4", ctx);
  await expect(generate(ctx, { candidate, messages })).rejects.toMatchObject({ code: "unavailable" });
  expect((await send(`POST ${path}/${id}/test`, { apiKey })).body).toMatchObject({ ok: false });
  expect(fake.received).toHaveLength(0);
});

test("a key is not sent to another address than the one it was given for", async () => {
  const { apiKey, add } = await owner();
  const { id } = (await add()).body.providerKey;
  const moved = await send(`PATCH ${path}/${id}`, { apiKey, body: { base_url: fake.url } });
  expect(moved).toMatchObject({ status: 400 });
  expect(await send(`PATCH ${path}/${id}`, { apiKey, body: { base_url: fake.url, key: secret } })).toMatchObject({
    status: 200,
  });
});

test("another organization's key, an unknown and a malformed id are 404; a member may list but not change", async () => {
  const { add, organizationId } = await owner();
  const { id } = (await add()).body.providerKey;
  const other = await owner();
  for (const one of [id, "0198c0de-0000-7000-8000-000000000000", "x"]) {
    for (const line of [`PATCH ${path}/${one}`, `DELETE ${path}/${one}`, `POST ${path}/${one}/test`]) {
      const body = line.startsWith("PATCH") ? { label: "Mine" } : undefined;
      expect(await send(line, { apiKey: other.apiKey, ...(body && { body }) }), line).toMatchObject({ status: 404 });
    }
  }
  const { apiKey } = await createOrganization({ scopes: ["agents:read"] });
  expect((await send(`GET ${path}`, { apiKey })).status).toBe(200);
  expect((await send(`POST ${path}`, { apiKey, body: {} })).status).toBe(403);
  expect((await addMember(organizationId, "member")).ctx.actor).toMatchObject({
    scopes: expect.not.arrayContaining(["admin:write"]),
  });
});

test("an own server that fails gives nobody else a pause", async () => {
  configureProviders({ OPENAI_API_KEY: "sk-operator-key", OPENAI_BASE_URL: fake.url, MODEL_RETRIES: "0" });
  const { add, ask } = await owner();
  await add({ base_url: "http://127.0.0.1:9/v1" });
  for (let call = 0; call < 6; call++) expect((await ask()).status).toBe(503);
  expect((await ask()).body.error.code).toBe("PROVIDER_PAUSED");
  expect((await (await owner()).ask()).status).toBe(200);
});
