import { afterEach, beforeEach, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { providerUsage, reserveProviderCall, setProviderLimit } from "#lib/models/provider-limits";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

beforeEach(() => configureProviders());
afterEach(() => configureProviders());

const reserve = (organizationId: string, calls: number) =>
  Promise.all(
    Array.from({ length: calls }, () =>
      reserveProviderCall(organizationId, "anthropic").then(
        () => "admitted",
        (error: { reason?: string }) => error.reason,
      ),
    ),
  );
const admitted = (answers: (string | undefined)[]) => answers.filter((answer) => answer === "admitted").length;

test("A24 a limit admits exactly its calls, however many come at once; what is stored is what was admitted", async () => {
  const { ctx, organizationId } = await createOrganization();
  await setProviderLimit(ctx, "anthropic", 250);
  const answers = await reserve(organizationId, 300);
  expect(admitted(answers)).toBe(250);
  expect(answers.filter((answer) => answer === "PROVIDER_LIMIT")).toHaveLength(50);
  const usage = await providerUsage(ctx);
  expect(usage.anthropic).toMatchObject({ used: 250, limit: 250, remaining: 0 });
  expect(Date.parse(usage.anthropic.resetAt) % 3_600_000).toBe(0);
  const { used } = await system.one<{ used: number }>(sql`
    select used from rate_limits where bucket = ${`provider:${organizationId}:anthropic:3600`}`);
  expect(used).toBe(250);
});

test("a limit that is raised admits more within the same hour, one that is taken away everything; 0 admits nothing", async () => {
  const { ctx, organizationId } = await createOrganization();
  await setProviderLimit(ctx, "anthropic", 2);
  expect(admitted(await reserve(organizationId, 5))).toBe(2);
  await setProviderLimit(ctx, "anthropic", 3);
  expect(admitted(await reserve(organizationId, 5))).toBe(1);
  await setProviderLimit(ctx, "anthropic", 0);
  expect(admitted(await reserve(organizationId, 1))).toBe(0);
  await setProviderLimit(ctx, "anthropic", null);
  expect(admitted(await reserve(organizationId, 5))).toBe(5);
});

test("without a limit the stored calls are counted, by provider, without simulated ones and those of others", async () => {
  const { ctx, apiKey } = await createOrganization();
  const fake = await startFakeOpenAI();
  const body = { model: "gpt4", messages: [{ role: "user", content: "Hello" }] };
  const ask = (model: string) => send("POST /v1/chat/completions", { apiKey, body: { ...body, model } });
  await ask("opus");
  configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fake.url });
  await Promise.all([ask("gpt4"), ask("codex")]);
  await fake.close();
  const usage = await providerUsage(ctx);
  expect(usage.openai).toMatchObject({ used: 2, limit: null, remaining: null });
  expect(usage.anthropic.used).toBe(0);
  expect((await providerUsage((await createOrganization()).ctx)).openai.used).toBe(0);
});
