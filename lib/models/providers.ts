import { type Environment, env } from "#lib/env";
import type { ProviderName } from "#lib/models/catalogue";

/** How to reach one provider. Both protocols also answer OpenAI's `/chat/completions` below `baseUrl`. */
export type Provider = {
  name: ProviderName;
  /** What people call it, for messages. */
  title: string;
  protocol: "openai" | "anthropic" | "openai-compatible";
  baseUrl: string;
  origin: string;
  /** Where `/chat/completions` lives on that origin. */
  completionsPath: string;
  /** Absent for servers that ask for none. Never logged, never sent to a caller. */
  apiKey: string | undefined;
  /** What a request to `/chat/completions` carries. */
  headers: Record<string, string>;
};

/** The variables that switch a provider on, for the message when it is off. */
const settings: Record<ProviderName, { title: string; needs: string }> = {
  openai: { title: "OpenAI", needs: "OPENAI_API_KEY" },
  anthropic: { title: "Anthropic", needs: "ANTHROPIC_API_KEY" },
  "kimi-coding": { title: "Kimi", needs: "KIMI_API_KEY" },
  minimax: { title: "MiniMax", needs: "MINIMAX_API_KEY" },
  ollama: { title: "Ollama", needs: "OLLAMA_BASE_URL" },
  compatible: { title: "The OpenAI-compatible server", needs: "OPENAI_COMPATIBLE_BASE_URL" },
};

function provider(
  name: ProviderName,
  protocol: Provider["protocol"],
  baseUrl: string,
  apiKey: string | undefined,
): Provider {
  const url = new URL(`${baseUrl}/chat/completions`);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (apiKey) headers.authorization = `Bearer ${apiKey}`;
  const { title } = settings[name];
  return { name, title, protocol, baseUrl, origin: url.origin, completionsPath: url.pathname, apiKey, headers };
}

function fromEnvironment(from: Environment): Map<ProviderName, Provider> {
  const found: Provider[] = [];
  if (from.OPENAI_API_KEY) found.push(provider("openai", "openai", from.OPENAI_BASE_URL, from.OPENAI_API_KEY));
  if (from.ANTHROPIC_API_KEY) {
    found.push(provider("anthropic", "anthropic", from.ANTHROPIC_BASE_URL, from.ANTHROPIC_API_KEY));
  }
  if (from.KIMI_API_KEY) {
    found.push(provider("kimi-coding", "openai-compatible", from.KIMI_BASE_URL, from.KIMI_API_KEY));
  }
  if (from.MINIMAX_API_KEY) {
    found.push(provider("minimax", "openai-compatible", from.MINIMAX_BASE_URL, from.MINIMAX_API_KEY));
  }
  if (from.OLLAMA_BASE_URL) {
    // People set Ollama's own address; its OpenAI-compatible side lives under /v1.
    const base = from.OLLAMA_BASE_URL.endsWith("/v1") ? from.OLLAMA_BASE_URL : `${from.OLLAMA_BASE_URL}/v1`;
    found.push(provider("ollama", "openai-compatible", base, undefined));
  }
  if (from.OPENAI_COMPATIBLE_BASE_URL) {
    const { OPENAI_COMPATIBLE_BASE_URL: base, OPENAI_COMPATIBLE_API_KEY: key } = from;
    found.push(provider("compatible", "openai-compatible", base, key));
  }
  return new Map(found.map((one) => [one.name, one]));
}

// One reading per parsed environment: a new environment is a new object.
const readings = new WeakMap<Environment, Map<ProviderName, Provider>>();

function configured(): Map<ProviderName, Provider> {
  const from = env();
  let reading = readings.get(from);
  if (!reading) {
    reading = fromEnvironment(from);
    readings.set(from, reading);
  }
  return reading;
}

/** The provider of that name, when this instance is configured for it. */
export function findProvider(name: ProviderName): Provider | undefined {
  return configured().get(name);
}

/** The providers this instance is configured for. */
export function listProviders(): Provider[] {
  return [...configured().values()];
}

/** Whether the simulator may stand in for a provider that is not configured. */
export function isSimulatorOn(): boolean {
  return env().BATON_SIMULATOR !== "off";
}

/** What to say when a provider is needed and not configured. */
export function missingProvider(name: ProviderName): string {
  const { title, needs } = settings[name];
  return `${title} is not configured on this instance. Set ${needs}, or allow the simulator with BATON_SIMULATOR=auto.`;
}
