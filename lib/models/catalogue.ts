export const providerNames = ["openai", "anthropic", "kimi-coding", "minimax", "ollama", "compatible"] as const;
export type ProviderName = (typeof providerNames)[number];

/** Micro-dollars (millionths of a US dollar) per million tokens, always whole numbers. */
export type Price = { input: number; output: number };

/** One model that Baton can call. `version` is the provider's own id of it. */
export type Model = {
  name: string;
  aliases: readonly string[];
  provider: ProviderName;
  version: string;
  specialties: readonly string[];
  contextWindow: number | null;
  /** The most tokens of one answer; null when only the context window bounds it. */
  outputTokensMax: number | null;
  costPer1kTokens: number | null;
  /** Null when nobody told us: an unknown price is unknown, never zero. */
  price: Price | null;
};

/** The models every instance knows by name (contract, orchestratex X10). */
export const catalogue: readonly Model[] = [
  {
    name: "gpt4",
    aliases: ["gpt-4"],
    provider: "openai",
    version: "gpt-4-0125-preview",
    specialties: ["coding", "analysis", "general"],
    contextWindow: 128_000,
    outputTokensMax: 4_096,
    costPer1kTokens: 0.03,
    price: { input: 30_000_000, output: 30_000_000 },
  },
  {
    name: "claude",
    aliases: [],
    provider: "anthropic",
    version: "claude-sonnet-4-5",
    specialties: ["analysis", "writing", "coding"],
    contextWindow: 200_000,
    outputTokensMax: 64_000,
    costPer1kTokens: 0.015,
    price: { input: 15_000_000, output: 15_000_000 },
  },
  {
    name: "k2p5",
    aliases: [],
    provider: "kimi-coding",
    version: "kimi-k2.5",
    specialties: ["coding", "general"],
    contextWindow: 256_000,
    outputTokensMax: null,
    costPer1kTokens: 0.001,
    price: { input: 1_000_000, output: 1_000_000 },
  },
  {
    name: "sonnet",
    aliases: [],
    provider: "anthropic",
    version: "claude-sonnet-4-6",
    specialties: ["coding", "writing", "general"],
    contextWindow: 200_000,
    outputTokensMax: 64_000,
    costPer1kTokens: 0.003,
    price: { input: 3_000_000, output: 15_000_000 },
  },
  {
    name: "opus",
    aliases: [],
    provider: "anthropic",
    version: "claude-opus-4-6",
    specialties: ["analysis", "writing", "coding"],
    contextWindow: 200_000,
    outputTokensMax: 128_000,
    costPer1kTokens: 0.015,
    price: { input: 15_000_000, output: 75_000_000 },
  },
  {
    name: "minimax-m2.5",
    aliases: [],
    provider: "minimax",
    version: "MiniMax-M2.5",
    specialties: ["general", "writing"],
    contextWindow: 200_000,
    outputTokensMax: null,
    costPer1kTokens: 0.0003,
    price: { input: 300_000, output: 1_200_000 },
  },
  {
    // o3 is OpenAI's coding model at this price that answers on chat completions; the `*-codex` ids do not.
    name: "codex",
    aliases: [],
    provider: "openai",
    version: "o3",
    specialties: ["coding"],
    contextWindow: 200_000,
    outputTokensMax: 100_000,
    costPer1kTokens: 0.002,
    price: { input: 2_000_000, output: 8_000_000 },
  },
];

/** What a call costs in whole micro-dollars, rounded up; null when the price is unknown. */
export function costMicros(price: Price | null, inputTokens: number, outputTokens: number): number | null {
  if (!price) return null;
  const total = inputTokens * price.input + outputTokens * price.output;
  // Whole numbers only: a quotient in binary fractions can fall just beside a whole micro-dollar.
  const rest = total % 1_000_000;
  return (total - rest) / 1_000_000 + (rest > 0 ? 1 : 0);
}

/** The usual guess where nobody counted: four characters a token. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 4);
}
