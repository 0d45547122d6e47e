import { afterEach, beforeEach } from "vitest";
import type { CompletionOutcome } from "#lib/models/completion";
import { openaiWire } from "#lib/models/openai-wire";
import { forwardCompletion } from "#lib/models/passthrough";
import { ChatCompletionRequest } from "#lib/models/schema";
import { candidateOf, getModel } from "#lib/models/service";
import { type FakeOpenAI, startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

type Extra = { signal?: AbortSignal; record?: (outcome: CompletionOutcome) => Promise<void> };

/** The operator's key in these tests; nobody but the provider may ever see it. */
export const operatorKey = "sk-operator-0123456789abcdef";
export const messages = [{ role: "user", content: "Hello there" }];

/** Before each test: a fresh provider, configured as OpenAI, and an empty record of outcomes. */
export function preparePassthrough() {
  const fixture = { fake: undefined as unknown as FakeOpenAI, outcomes: [] as CompletionOutcome[] };
  beforeEach(async () => {
    fixture.fake = await startFakeOpenAI();
    fixture.outcomes = [];
    configureOpenAI(fixture.fake, "2");
  });
  afterEach(async () => {
    configureProviders();
    await fixture.fake.close();
  });
  const forward = (body: Record<string, unknown>, extra: Extra = {}): Promise<Response> => {
    const sent = { model: "gpt4", messages, ...body };
    return forwardCompletion({
      wire: openaiWire,
      candidate: candidateOf(getModel(sent.model)),
      body: ChatCompletionRequest.parse(sent),
      rawBody: JSON.stringify(sent),
      signal: extra.signal ?? new AbortController().signal,
      record: extra.record ?? (async (outcome) => void fixture.outcomes.push(outcome)),
    });
  };
  return { fixture, forward };
}

/** Points Baton's OpenAI at the fake. */
export function configureOpenAI(fake: FakeOpenAI, timeoutSeconds: string): void {
  configureProviders({
    OPENAI_API_KEY: operatorKey,
    OPENAI_BASE_URL: fake.url,
    MODEL_TIMEOUT_SECONDS: timeoutSeconds,
  });
}

/** The `data:` of each event of a stream's text. */
export function datasOf(text: string): string[] {
  const events = text.split("\n\n").filter(Boolean);
  return events.map((event) => event.replace(/^data: /, ""));
}

/** A record that is stored when the test says so. */
export function heldRecord() {
  const { promise, resolve: store } = Promise.withResolvers<void>();
  return { record: () => promise, store };
}
