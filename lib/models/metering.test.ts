import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ceilingMicros, chargeMicros, isMetered } from "#lib/models/metering";
import { boundsOf } from "#lib/models/metering-bounds";
import { ChatCompletionRequest } from "#lib/models/schema";
import { candidateOf, getModel, listCandidates } from "#lib/models/service";
import { configureProviders } from "#lib/testing/provider-environment";

const metered = { OPENAI_API_KEY: "sk-test", BATON_METER_MODELS: "1" };
beforeEach(() => configureProviders(metered));
afterEach(() => configureProviders());

const gpt4 = () => candidateOf(getModel("gpt4"));
const bounds = { inputBytes: 1_000, pictures: 0, outputTokensMax: 500, answers: 1 };
const usage = (costMicros: number | null) => ({ inputTokens: 11, outputTokens: 7, costMicros });

test("only calls that cost the operator money are metered: no simulator, no local model, nothing when switched off", () => {
  expect(isMetered(gpt4())).toBe(true);
  expect(isMetered(candidateOf(getModel("sonnet")))).toBe(false);
  configureProviders({ ...metered, OLLAMA_BASE_URL: "http://127.0.0.1:1" });
  expect(isMetered(candidateOf(getModel("ollama/llama3.2")))).toBe(false);
  configureProviders({ ...metered, BATON_METER_MODELS: "0" });
  expect(isMetered(gpt4())).toBe(false);
});

test("the ceiling counts a token for every byte and every answer, up to what the model can take and give", () => {
  const { model } = gpt4();
  expect(ceilingMicros(model, bounds)).toBe((1_000 + 500) * 30);
  expect(ceilingMicros(model, { ...bounds, answers: 3 })).toBe((1_000 + 1_500) * 30);
  expect(ceilingMicros(model, { ...bounds, outputTokensMax: undefined })).toBe((1_000 + 4_096) * 30);
  expect(ceilingMicros(model, { ...bounds, outputTokensMax: 1e9 })).toBe((1_000 + 4_096) * 30);
  expect(ceilingMicros(model, { ...bounds, inputBytes: 1e9 })).toBe((128_000 + 500) * 30);
  expect(ceilingMicros(model, { ...bounds, pictures: 2 })).toBe((1_000 + 2 * 8_192 + 500) * 30);
  expect(Number.isSafeInteger(ceilingMicros(model, { ...bounds, answers: 1e300 }))).toBe(true);
});

test("the markup is exact and rounds up to a whole micro-dollar", () => {
  const charge = (markup: string, cost: number) => {
    configureProviders({ ...metered, BATON_METER_MARKUP: markup });
    return chargeMicros(gpt4(), usage(cost));
  };
  expect(charge("1.1", 540)).toBe(594);
  expect(charge("1.001", 540)).toBe(541);
  expect(charge("0.001", 1)).toBe(1);
  expect(charge("999.999", 9_000_000_000)).toBe(8_999_991_000_000);
  expect(chargeMicros(gpt4(), { inputTokens: 0, outputTokens: 0, costMicros: 0 })).toBe(0);
});

test("no call can be charged more than its ceiling when it keeps to its bounds", () => {
  fc.assert(
    fc.property(
      fc.nat(200_000),
      fc.nat(5_000),
      fc.nat(100),
      fc.integer({ min: 1, max: 9_999 }),
      (input, output, part, markup) => {
        configureProviders({ ...metered, BATON_METER_MARKUP: (markup / 1_000).toFixed(3) });
        const { model } = gpt4();
        const inputTokens = Math.min(Math.floor((input * part) / 100), 128_000);
        const outputTokens = Math.min(Math.floor((output * part) / 100), 4_096);
        const costMicros = inputTokens * 30 + outputTokens * 30;
        const ceiling = ceilingMicros(model, { ...bounds, inputBytes: input, outputTokensMax: output });
        expect(chargeMicros(gpt4(), { inputTokens, outputTokens, costMicros })).toBeLessThanOrEqual(ceiling);
      },
    ),
    { numRuns: 200 },
  );
});

test("a model without a price needs a declared one", async () => {
  const unpriced = candidateOf(getModel("openai/gpt-99"));
  expect(() => ceilingMicros(unpriced.model, bounds)).toThrow(/BATON_UNPRICED_CALL_CREDITS/);
  configureProviders({ ...metered, BATON_UNPRICED_CALL_CREDITS: "3", BATON_METER_MARKUP: "2" });
  expect(ceilingMicros(unpriced.model, bounds)).toBe(30_000);
  expect(chargeMicros(unpriced, usage(null))).toBe(30_000);
});

test("Baton's own work is not given to models that cannot be paid", async () => {
  const servers = { OPENAI_COMPATIBLE_BASE_URL: "http://127.0.0.1:1/v1", OPENAI_COMPATIBLE_MODELS: "own" };
  const names = async () => (await listCandidates()).map(({ model }) => model.name);
  configureProviders({ ...metered, ...servers });
  expect(await names()).toEqual(["codex", "gpt4"]);
  configureProviders({ ...metered, ...servers, BATON_UNPRICED_CALL_CREDITS: "1" });
  expect(await names()).toEqual(["codex", "gpt4", "own"]);
  configureProviders({ ...metered, ...servers, BATON_METER_MODELS: "0" });
  expect(await names()).toEqual(["codex", "gpt4", "own"]);
});

test("the bounds of a completion: its bytes, its pictures, the larger of its limits, its answers", () => {
  const boundsFor = (extra: Record<string, unknown>, content: unknown = "Grüße") => {
    const body = { model: "gpt4", messages: [{ role: "user", content }], ...extra };
    const raw = JSON.stringify(body);
    return { ...boundsOf(ChatCompletionRequest.parse(body), raw), raw };
  };
  const { raw, ...plain } = boundsFor({});
  expect(plain).toEqual({ inputBytes: raw.length + 2, pictures: 0, outputTokensMax: undefined, answers: 1 });
  expect(boundsFor({ max_tokens: 10, max_completion_tokens: 20, n: 3 })).toMatchObject({
    outputTokensMax: 20,
    answers: 3,
  });
  expect(boundsFor({ max_tokens: "10", n: -1 })).toMatchObject({ outputTokensMax: undefined, answers: 1 });
  const url = `data:image/png;base64,${"A".repeat(10_000)}`;
  const pictures = boundsFor({}, [
    { type: "text", text: "What is it?" },
    { type: "image_url", image_url: { url } },
    { type: "image_url", image_url: { url: "https://example.com/cat.png" } },
    { type: "image_url" },
  ]);
  expect(pictures.pictures).toBe(2);
  expect(pictures.inputBytes).toBe(pictures.raw.length - url.length);
});
