import { insertAccounts, type NewAccount, selectAccountsOfSessions } from "#lib/account-pool/queries";
import type { Account } from "#lib/account-pool/schema";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { conflict } from "#lib/errors";

type SessionAccount = Pick<Account, "id" | "account_name" | "platform" | "specialization">;

type PastAccount = Pick<NewAccount, "account_name" | "platform" | "specialization">;

/** Adds accounts that only carry the history of imported sessions: they are blocked. Throws `conflict`. */
export async function addPastAccounts(tx: Tx, ctx: Context, past: readonly PastAccount[]): Promise<void> {
  if (past.length === 0) return;
  const nothing = { account_email: null, provider: null, base_url: null, resets_at: null };
  const noSecret = { sealed_credential: null, credential_last4: null };
  const made = past.map((one) => ({ ...one, ...nothing, ...noSecret, status: "blocked" as const }));
  const added = await insertAccounts(tx, ctx.organizationId, made);
  if (added.length < past.length) throw conflict("An account of the same name was added at this moment; try again");
}

/** The accounts that a project's sessions ran on, without credentials. */
export async function accountsOfSessions(tx: Tx, ctx: Context, projectId: number): Promise<SessionAccount[]> {
  const rows = await selectAccountsOfSessions(tx, ctx.organizationId, projectId);
  return rows.map(({ id, accountName, platform, specialization }) => ({
    id,
    account_name: accountName,
    platform,
    specialization,
  }));
}
