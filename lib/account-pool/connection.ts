import type { AccountProvider, CreateAccount, Platform, UpdateAccount } from "#lib/account-pool/schema";
import { seal } from "#lib/crypto/seal";
import { invalid } from "#lib/errors";
import { checkedAddresses } from "#lib/http-out/resolve";
import { OutgoingError, parseTarget } from "#lib/http-out/target";

const providerOfPlatform: Partial<Record<Platform, AccountProvider>> = { claude: "anthropic", chatgpt: "openai" };
/** These live where the organization says, so there is no address to fall back on. */
const withoutAddress: readonly AccountProvider[] = ["compatible", "ollama"];

/** How the model gateway may reach an account: everything but its secret. */
export type Connection = { provider: AccountProvider | null; baseUrl: string | null; hasCredential: boolean };

type Given = Pick<CreateAccount | UpdateAccount, "provider" | "base_url" | "credential">;

/** Seals a credential for storage, with the end that people know it by. */
export function sealCredential(credential: string): { sealed: Buffer; last4: string } {
  return { sealed: seal(credential), last4: credential.slice(-4) };
}

/**
 * Refuses an address that requests may not go to. A name that does not resolve yet is taken: calls check again. Asks name
 * servers, so it comes before any transaction.
 */
export async function checkBaseUrl({ base_url: url }: Given): Promise<void> {
  if (!url) return;
  try {
    await checkedAddresses(parseTarget(url));
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    if (error.code === "refused_address")
      throw invalid([{ field: "base_url", message: `base_url is refused: ${error.message}` }]);
  }
}

/**
 * The connection of an account after a change. A stored credential goes to the address it was stored for and to no other:
 * a new provider or address needs it again. Throws `validation`.
 */
export function connectionOf(given: Given, platform: Platform, stored?: Connection): Connection {
  const keeps = given.credential === undefined && stored?.hasCredential === true;
  const hasCredential = typeof given.credential === "string" || keeps;
  const chosen = given.provider === undefined ? stored?.provider : given.provider;
  const provider = chosen ?? (hasCredential ? (providerOfPlatform[platform] ?? null) : null);
  const baseUrl = (given.base_url === undefined ? stored?.baseUrl : given.base_url?.replace(/\/+$/, "")) || null;
  if (hasCredential && !provider) {
    const message = `provider is required for a credential of the platform ${platform}`;
    throw invalid([{ field: "provider", message }]);
  }
  if (provider && withoutAddress.includes(provider) && !baseUrl) {
    throw invalid([{ field: "base_url", message: `base_url is required for the provider ${provider}` }]);
  }
  if (keeps && (provider !== stored.provider || baseUrl !== stored.baseUrl)) {
    const message = "credential is required again with a new provider or base_url";
    throw invalid([{ field: "credential", message }]);
  }
  return { provider, baseUrl, hasCredential };
}
