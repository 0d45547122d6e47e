import { env, provideEnvironment } from "#lib/env";
// The SDKs look at the environment when they are loaded, which must not be while it is being changed.
import "#lib/models/language-model";

const names = [
  "BATON_SIMULATOR",
  "MODEL_TIMEOUT_SECONDS",
  "MODEL_RETRIES",
  "PROVIDER_CONCURRENCY",
  "PROVIDER_QUEUE_MAX",
  "PROVIDER_QUEUE_SECONDS",
  "BATON_METER_MODELS",
  "BATON_METER_MARKUP",
  "BATON_UNPRICED_CALL_CREDITS",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "ANTHROPIC_API_KEY",
  "ANTHROPIC_BASE_URL",
  "KIMI_API_KEY",
  "KIMI_BASE_URL",
  "MINIMAX_API_KEY",
  "MINIMAX_BASE_URL",
  "OLLAMA_BASE_URL",
  "OPENAI_COMPATIBLE_BASE_URL",
  "OPENAI_COMPATIBLE_API_KEY",
  "OPENAI_COMPATIBLE_MODELS",
] as const;

type Values = Partial<Record<(typeof names)[number], string>>;

/** Configures exactly these providers for this test's process and forgets all others. Without values: none at all. */
export function configureProviders(values: Values = {}): void {
  const cleared = Object.fromEntries(names.map((name) => [name, ""]));
  // One repetition: tests count the calls a provider gets, and wait for as few as they can.
  provideEnvironment({ ...cleared, MODEL_RETRIES: "1", ...values });
  env();
}
