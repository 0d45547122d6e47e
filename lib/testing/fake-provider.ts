import { afterEach, beforeEach } from "vitest";
// The SDKs read their variables when they are loaded, and do not take empty ones as unset: they come before the tests clear them.
import "#lib/models/language-model";
import { type FakeOpenAI, type Script, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

/** Before each test a fresh provider, configured as OpenAI; after it none. */
export function prepareProvider(more: Parameters<typeof configureProviders>[0] = {}) {
  const fixture = { fake: undefined as unknown as FakeOpenAI };
  beforeEach(async () => {
    fixture.fake = await startFakeOpenAI();
    configureProviders({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: fixture.fake.url, ...more });
  });
  afterEach(async () => {
    configureProviders();
    await fixture.fake.close();
  });
  return fixture;
}

export const says = (text: string): Script => ({ type: "completion", text });
export const judges = (score: number): Script => says(JSON.stringify({ score, feedback: "fine" }));
