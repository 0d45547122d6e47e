import type { Tone } from "#components/ui/badge";
import type { Account, AccountProvider, AccountStatus, Platform } from "#lib/account-pool/schema";

// Lists of their own: the schemas' would bring all of Zod into the browser. The types hold them together.
export const accountWords: Record<AccountStatus, { tone: Tone; label: string }> = {
  available: { tone: "success", label: "Available" },
  active: { tone: "accent", label: "In use" },
  exhausted: { tone: "danger", label: "Exhausted" },
  blocked: { tone: "neutral", label: "Blocked" },
};

export const platformWords: Record<Platform, string> = {
  genspark: "Genspark",
  claude: "Claude",
  chatgpt: "ChatGPT",
  gemini: "Gemini",
  other: "Other",
};

export const providerWords: Record<AccountProvider, string> = {
  openai: "OpenAI",
  anthropic: "Anthropic",
  "kimi-coding": "Kimi Coding",
  minimax: "MiniMax",
  ollama: "Ollama",
  compatible: "OpenAI-compatible",
};

/** What a full account holds. */
export const creditsFull = 100;
/** How many accounts one import may add. */
export const batchMax = 500;

export const isReady = ({ status }: Pick<Account, "status">) => status === "available" || status === "active";
