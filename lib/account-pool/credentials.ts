import type { AccountProvider } from "#lib/account-pool/schema";
import { unseal } from "#lib/crypto/seal";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";

export type AccountCredentials = {
  accountId: number;
  provider: AccountProvider;
  /** Never logged, never sent to a caller. */
  apiKey: string;
  /** Null: the provider's own address. It must be called with the checks of other people's servers. */
  baseUrl: string | null;
  /** Changes with the credential. */
  version: string;
};

type Row = Omit<AccountCredentials, "apiKey"> & { sealedCredential: Buffer };

/**
 * The credential of the organization's best ready account (as P10 chooses) for each model provider that has one with
 * credits left. A step that names the account draws its measured use from it.
 */
export async function accountCredentials(organizationId: string): Promise<AccountCredentials[]> {
  const rows = await system.all<Row>(sql`
    select distinct on (provider) id as account_id, provider, base_url, sealed_credential,
      encode(sha256(sealed_credential), 'hex') as version
    from pool_accounts
    where organization_id = ${organizationId} and provider is not null and sealed_credential is not null
      and status in ('available', 'active') and credits_available > 0
    order by provider, credits_available desc, status = 'active', id`);
  return rows.map(({ sealedCredential, ...row }) => ({ ...row, apiKey: unseal(sealedCredential) }));
}
