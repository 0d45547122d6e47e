import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import { log } from "#lib/log";
import type { Provider } from "#lib/models/providers";

// The SDK would print its warnings to the console.
globalThis.AI_SDK_LOG_WARNINGS = ({ warnings, model }) => log.debug({ warnings, model }, "model SDK warns");

type Maker = (version: string) => LanguageModel;
const makers = new WeakMap<Provider, Maker>();

function makerOf({ protocol, name, baseUrl: baseURL, apiKey }: Provider): Maker {
  const settings = apiKey === undefined ? { baseURL } : { baseURL, apiKey };
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
