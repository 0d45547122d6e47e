import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import { fetch as undiciFetch } from "undici";
import { log } from "#lib/log";
import type { Provider } from "#lib/models/providers";
import { poolOf } from "#lib/models/upstream";

// The SDK would print its warnings to the console.
globalThis.AI_SDK_LOG_WARNINGS = ({ warnings, model }) => log.debug({ warnings, model }, "model SDK warns");

/** The SDK's calls to an address that a tenant chose: over checked connections, and never on to where it redirects. */
function checkedFetch(provider: Provider): typeof fetch {
  const call: typeof undiciFetch = (url, init) =>
    undiciFetch(url, { ...init, redirect: "manual", dispatcher: poolOf(provider) });
  // The same standard interface; only the declared types of the two packages differ.
  return call as unknown as typeof fetch;
}

type Maker = (version: string) => LanguageModel;
const makers = new WeakMap<Provider, Maker>();

function makerOf(provider: Provider): Maker {
  const { protocol, name, baseUrl: baseURL, apiKey, isForeign } = provider;
  const settings = {
    baseURL,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(isForeign ? { fetch: checkedFetch(provider) } : {}),
  };
  if (protocol === "anthropic") return createAnthropic(settings);
  if (protocol === "openai") return createOpenAI(settings).chat;
  return createOpenAICompatible({ ...settings, name, includeUsage: true });
}

/** The AI SDK's handle on a model of a provider. */
export function languageModel(provider: Provider, version: string): LanguageModel {
  let make = makers.get(provider);
  if (!make) {
    make = makerOf(provider);
    makers.set(provider, make);
  }
  return make(version);
}
