import { afterEach, beforeEach, expect, test } from "vitest";
import { costMicros } from "#lib/models/catalogue";
import { candidateOf, describeModel, getModel, listCandidates, listModels } from "#lib/models/service";
import { startFakeOpenAI } from "#lib/testing/fake-openai";
import { configureProviders } from "#lib/testing/provider-environment";

beforeEach(() => configureProviders());
afterEach(() => configureProviders());

test("X10 the catalogue has the seven documented models, gpt4 with the document's figures", async () => {
  const models = await listModels();

  expect(models.map((model) => model.name)).toEqual([
    "gpt4",
    "claude",
    "k2p5",
    "sonnet",
    "opus",
    "minimax-m2.5",
    "codex",
  ]);
  expect(models[0]).toMatchObject({
    provider: "openai",
    version: "gpt-4-0125-preview",
    specialties: ["coding", "analysis", "general"],
    costPer1kTokens: 0.03,
    contextWindow: 128_000,
  });
  for (const { price } of models) {
    expect(Number.isInteger(price?.input) && Number.isInteger(price?.output)).toBe(true);
  }
});

test("K9 gpt-4 is an alias of gpt4, and the provider's own id names the same model", () => {
  expect(getModel("gpt-4").name).toBe("gpt4");
  expect(getModel("gpt-4-0125-preview").name).toBe("gpt4");
});

test("X11 an unknown model is not found, by name", () => {
  expect(() => getModel("gpt-99")).toThrow(
    expect.objectContaining({ code: "not_found", message: "Model 'gpt-99' not found" }),
  );
  expect(() => getModel("ollama/llama3.2")).toThrow("Model 'ollama/llama3.2' not found");
  expect(() => getModel("openai/")).toThrow("not found");
  expect(() => getModel("constructor")).toThrow("not found");
});

test("a provider's id resolves when that provider is configured; its price is unknown, except on the own machine", () => {
  configureProviders({
    OPENAI_API_KEY: "sk-test",
    OLLAMA_BASE_URL: "http://localhost:11434",
    OPENAI_COMPATIBLE_BASE_URL: "http://localhost:8000/v1",
    OPENAI_COMPATIBLE_MODELS: "qwen3, org/model-b",
  });

  expect(getModel("openai/gpt-4o-mini")).toMatchObject({ provider: "openai", version: "gpt-4o-mini", price: null });
  expect(getModel("ollama/llama3.2")).toMatchObject({ version: "llama3.2", price: { input: 0, output: 0 } });
  expect(getModel("qwen3")).toMatchObject({ provider: "compatible", version: "qwen3", price: null });
  expect(getModel("org/model-b")).toMatchObject({ provider: "compatible", version: "org/model-b" });
  expect(getModel("compatible/org/x")).toMatchObject({ provider: "compatible", version: "org/x" });
});

test("costs are whole micro-dollars, rounded up, and unknown when the price is", () => {
  expect(costMicros({ input: 3_000_000, output: 15_000_000 }, 1_000, 100)).toBe(4_500);
  expect(costMicros({ input: 300_000, output: 1_200_000 }, 1, 0)).toBe(1);
  expect(costMicros({ input: 0, output: 0 }, 1_000, 1_000)).toBe(0);
  expect(costMicros(null, 1, 1)).toBeNull();
});

test("5.10 without any key the simulator answers for the catalogue, marked in the list", async () => {
  const described = (await listModels()).map((model) => describeModel(model));

  expect(described).toHaveLength(7);
  expect(described.every((model) => model.simulated)).toBe(true);
  expect(candidateOf(getModel("gpt4")).provider).toBeNull();
});

test("5.10 with the simulator off, a model without a provider is unavailable and the message says what to set", () => {
  configureProviders({ BATON_SIMULATOR: "off" });

  expect(() => candidateOf(getModel("sonnet"))).toThrow(
    expect.objectContaining({ code: "unavailable", message: expect.stringContaining("ANTHROPIC_API_KEY") }),
  );
});

test("as soon as one provider is live, only live models do Baton's own work, the cheapest first", async () => {
  configureProviders({ OPENAI_API_KEY: "sk-test" });

  const candidates = await listCandidates();

  expect(candidates.map(({ model }) => model.name)).toEqual(["codex", "gpt4"]);
  expect(candidates.every(({ provider }) => provider?.name === "openai")).toBe(true);
});

test("without any provider the cheapest simulated model comes first", async () => {
  expect((await listCandidates())[0]?.model.name).toBe("minimax-m2.5");
});

test("a local server's models are found by asking it, those for embeddings left out", async () => {
  const fake = await startFakeOpenAI();
  configureProviders({ OLLAMA_BASE_URL: fake.url.replace("/v1", "") });

  const candidates = await listCandidates();

  expect(candidates.map(({ model }) => model.name)).toEqual(["ollama/llama3.2"]);
  await fake.close();
});
