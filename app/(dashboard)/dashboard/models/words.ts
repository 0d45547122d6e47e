import type { Tone } from "#components/ui/badge";
import type { ProviderHealth } from "#lib/models/provider-health";
import type { ProviderKey } from "#lib/provider-keys/schema";

export type ProviderName = ProviderKey["provider"];

// A list of its own: the schema's would bring all of Zod into the browser.
export const providerChoices: { value: ProviderName; label: string; needsAddress: boolean }[] = [
  { value: "openai", label: "OpenAI", needsAddress: false },
  { value: "anthropic", label: "Anthropic", needsAddress: false },
  { value: "kimi-coding", label: "Kimi", needsAddress: false },
  { value: "minimax", label: "MiniMax", needsAddress: false },
  { value: "ollama", label: "Ollama", needsAddress: true },
  { value: "compatible", label: "OpenAI-compatible server", needsAddress: true },
];

export const providerTitle = (name: ProviderName) =>
  providerChoices.find(({ value }) => value === name)?.label ?? String(name);

export const stateWords = {
  active: { tone: "success", label: "Active" },
  simulated: { tone: "warning", label: "Simulated" },
  inactive: { tone: "neutral", label: "Inactive" },
} as const satisfies Record<string, { tone: Tone; label: string }>;

export const healthWords: Record<ProviderHealth["state"], { tone: Tone; label: string }> = {
  closed: { tone: "success", label: "Healthy" },
  "half-open": { tone: "warning", label: "On trial" },
  open: { tone: "danger", label: "Paused" },
};

/** Micro-dollars per million tokens as dollars; a price nobody told us is no price, never 0. */
export function formatPrice(microsPerMillion: number | undefined): string {
  if (microsPerMillion === undefined) return "no price";
  if (microsPerMillion === 0) return "free";
  return `$${(microsPerMillion / 1_000_000).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;
}
