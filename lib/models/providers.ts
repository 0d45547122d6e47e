import { type Environment, env } from "#lib/env";
import type { ProviderName } from "#lib/models/catalogue";

/** How to reach one provider. All protocols also answer OpenAI's `/chat/completions` below `baseUrl`. */
export type Provider = {
  /** Whose health, places and connections these are: the provider's name, or one version of an organization's own key. */
  id: string;
  name: ProviderName;
  /** Reached with the organization's own key: nobody is charged. */
  isOwn: boolean;
  /** The account of the organization's pool whose credential this is; its use is drawn from it. */
  accountId?: number;
  /** A tenant chose its address, so every connection to it is checked. */
  isForeign: boolean;
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

/** An organization's own ways to providers, which go before the operator's, and its most calls an hour to each. */
export type Access = {
  own: ReadonlyMap<ProviderName, Provider>;
  limits: ReadonlyMap<ProviderName, number>;
};

/** What everybody has: the operator's providers and no limits. */
export const operatorAccess: Access = { own: new Map(), limits: new Map() };

/** The variables that switch a provider on, for the message when it is off. */
const settings: Record<ProviderName, { title: string; needs: string }> = {
  openai: { title: "OpenAI", needs: "OPENAI_API_KEY" },
  anthropic: { title: "Anthropic", needs: "ANTHROPIC_API_KEY" },
  "kimi-coding": { title: "Kimi", needs: "KIMI_API_KEY" },
  minimax: { title: "MiniMax", needs: "MINIMAX_API_KEY" },
  ollama: { title: "Ollama", needs: "OLLAMA_BASE_URL" },
  compatible: { title: "The OpenAI-compatible server", needs: "OPENAI_COMPATIBLE_BASE_URL" },
};

type Way = { name: ProviderName; baseUrl: string; apiKey: string | undefined; ownId?: string; isForeign?: boolean };

const protocols: Partial<Record<ProviderName, Provider["protocol"]>> = { openai: "openai", anthropic: "anthropic" };

function provider({ name, baseUrl, apiKey, ownId, isForeign = false }: Way): Provider {
  const url = new URL(`${baseUrl}/chat/completions`);
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (apiKey) headers.authorization = `Bearer ${apiKey}`;
  return {
    id: ownId ? `own ${ownId}` : name,
    name,
    isOwn: ownId !== undefined,
    isForeign,
    title: settings[name].title,
    protocol: protocols[name] ?? "openai-compatible",
    baseUrl,
    origin: url.origin,
    completionsPath: url.pathname,
    apiKey,
    headers,
  };
}

/** Where a provider is reached when nobody says otherwise; nothing for servers that are everybody's own. */
export function usualBaseUrl(name: ProviderName): string | undefined {
  const { OPENAI_BASE_URL, ANTHROPIC_BASE_URL, KIMI_BASE_URL, MINIMAX_BASE_URL } = env();
  const usual: Partial<Record<ProviderName, string>> = {
    openai: OPENAI_BASE_URL,
    anthropic: ANTHROPIC_BASE_URL,
    "kimi-coding": KIMI_BASE_URL,
    minimax: MINIMAX_BASE_URL,
  };
  return usual[name];
}

/** Ollama's OpenAI-compatible side lives under /v1, while people write Ollama's own address. */
function completeBaseUrl(name: ProviderName, baseUrl: string): string {
  const base = baseUrl.replace(/\/+$/, "");
  return name === "ollama" && !base.endsWith("/v1") ? `${base}/v1` : base;
}

/** A provider as an organization reaches it itself. `id` changes with the key and with its address. */
export function ownProvider(way: Way & { ownId: string }): Provider {
  return provider({ ...way, baseUrl: completeBaseUrl(way.name, way.baseUrl) });
}

function fromEnvironment(from: Environment): Map<ProviderName, Provider> {
  const ways: (Way | undefined)[] = [
    from.OPENAI_API_KEY ? { name: "openai", baseUrl: from.OPENAI_BASE_URL, apiKey: from.OPENAI_API_KEY } : undefined,
    from.ANTHROPIC_API_KEY
      ? { name: "anthropic", baseUrl: from.ANTHROPIC_BASE_URL, apiKey: from.ANTHROPIC_API_KEY }
      : undefined,
    from.KIMI_API_KEY ? { name: "kimi-coding", baseUrl: from.KIMI_BASE_URL, apiKey: from.KIMI_API_KEY } : undefined,
    from.MINIMAX_API_KEY
      ? { name: "minimax", baseUrl: from.MINIMAX_BASE_URL, apiKey: from.MINIMAX_API_KEY }
      : undefined,
    from.OLLAMA_BASE_URL
      ? { name: "ollama", baseUrl: completeBaseUrl("ollama", from.OLLAMA_BASE_URL), apiKey: undefined }
      : undefined,
    from.OPENAI_COMPATIBLE_BASE_URL
      ? { name: "compatible", baseUrl: from.OPENAI_COMPATIBLE_BASE_URL, apiKey: from.OPENAI_COMPATIBLE_API_KEY }
      : undefined,
  ];
  return new Map(ways.flatMap((way) => (way ? [[way.name, provider(way)] as const] : [])));
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

/**
 * The provider of that name as it is reached by whom the access belongs to: with the organization's own key, else with
 * the operator's. The one place that decides whose credentials a call is made with.
 */
export function findProvider(name: ProviderName, access: Access = operatorAccess): Provider | undefined {
  return access.own.get(name) ?? configured().get(name);
}

/** The providers this instance is configured for. */
export function listProviders(): Provider[] {
  return [...configured().values()];
}

/** What people call a provider. */
export function titleOf(name: ProviderName): string {
  return settings[name].title;
}

/** Whether the simulator may stand in for a provider that is not configured. */
export function isSimulatorOn(): boolean {
  return env().BATON_SIMULATOR !== "off";
}

/** What to say when a provider is needed and not configured. */
export function missingProvider(name: ProviderName): string {
  const { title, needs } = settings[name];
  return `${title} is not configured on this instance. Set ${needs}, add a key of your own for it, or allow the simulator with BATON_SIMULATOR=auto.`;
}
