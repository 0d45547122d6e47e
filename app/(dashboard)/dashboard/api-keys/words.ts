import type { KeyEnvironment, ScopeName } from "#lib/keys/schema";

// Lists of their own: the ones of the schema would bring all of Zod into the browser.
export const scopeNames = ["agents:read", "agents:write", "billing:read", "admin:write"] as const satisfies ScopeName[];
export const environments = ["live", "staging", "dev"] as const satisfies KeyEnvironment[];

/** What each scope allows, in plain words: a short name for tables and the sentence for the form. */
export const scopeWords: Record<ScopeName, { short: string; label: string; description: string }> = {
  "agents:read": { short: "Read", label: "Read agents and runs", description: "List models, agents and past runs." },
  "agents:write": {
    short: "Run",
    label: "Run models and agents",
    description: "Send prompts and start work. This spends money.",
  },
  "billing:read": {
    short: "Billing",
    label: "Read credits and usage",
    description: "See the balance and what was used.",
  },
  "admin:write": {
    short: "Admin",
    label: "Manage the organization",
    description: "Create and revoke keys, invite and remove people.",
  },
};

export const environmentWords: Record<KeyEnvironment, string> = {
  live: "Live",
  staging: "Staging",
  dev: "Development",
};

/** The scopes of a key as a few words. */
export function describeScopes(scopes: readonly ScopeName[]): string {
  if (scopes.length === scopeNames.length) return "Full access";
  return scopes.map((scope) => scopeWords[scope].short).join(", ");
}
