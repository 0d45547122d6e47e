import type { AccountProvider, AccountStatus, BestAccount, Platform } from "#lib/account-pool/schema";
import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type AccountRow = {
  id: number;
  accountName: string;
  accountEmail: string | null;
  platform: Platform;
  creditsAvailable: number;
  status: AccountStatus;
  specialization: string | null;
  provider: AccountProvider | null;
  baseUrl: string | null;
  credentialLast4: string | null;
  resetsAt: string | null;
  createdAt: string;
  updatedAt: string;
};

const accountsMax = 1_000;

const columns = sql`id, account_name, account_email, platform, credits_available, status, specialization, provider,
  base_url, credential_last4, resets_at, created_at, updated_at`;

/** By name, without regard to case. */
export function selectAccounts(tx: Tx, organizationId: string): Promise<AccountRow[]> {
  return tx.all(sql`
    select ${columns} from pool_accounts where organization_id = ${organizationId}
    order by lower(account_name) collate "C", id limit ${accountsMax}`);
}

/** The accounts that sessions of a project ran on, oldest first. */
export function selectAccountsOfSessions(
  tx: Tx,
  organizationId: string,
  projectId: number,
): Promise<Pick<AccountRow, "id" | "accountName" | "platform" | "specialization">[]> {
  return tx.all(sql`
    select id, account_name, platform, specialization from pool_accounts
    where organization_id = ${organizationId} and id in (
      select account_id from work_sessions where organization_id = ${organizationId} and project_id = ${projectId}
    ) order by id`);
}

export function selectAccount(
  tx: Tx,
  organizationId: string,
  id: number,
  { lock = false } = {},
): Promise<AccountRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from pool_accounts where organization_id = ${organizationId} and id = ${id}
    ${lock ? sql`for no key update` : empty}`);
}

export type NewAccount = {
  account_name: string;
  account_email: string | null;
  platform: Platform;
  status: AccountStatus;
  specialization: string | null;
  provider: AccountProvider | null;
  base_url: string | null;
  /** base64, as JSON carries no bytes */
  sealed_credential: string | null;
  credential_last4: string | null;
  resets_at: string | null;
};

/** Adds accounts in their order, with ids in a row. One whose name is taken is left out of the answer. */
export function insertAccounts(
  tx: Tx,
  organizationId: string,
  accounts: readonly NewAccount[],
): Promise<{ id: number; accountName: string }[]> {
  return tx.all(sql`
    with first as (select baton.next_work_numbers(${organizationId}, 'account', ${accounts.length}) as number)
    insert into pool_accounts (organization_id, id, account_name, account_email, platform, status, specialization,
      provider, base_url, sealed_credential, credential_last4, resets_at)
    select ${organizationId}, first.number + a.position - 1, a.account_name, a.account_email, a.platform, a.status,
      a.specialization, a.provider, a.base_url, decode(a.sealed_credential, 'base64'), a.credential_last4, a.resets_at
    from first, rows from (
      jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as (
        account_name text, account_email text, platform text, status text, specialization text, provider text,
        base_url text, sealed_credential text, credential_last4 text, resets_at timestamptz)
    ) with ordinality as a (account_name, account_email, platform, status, specialization, provider, base_url,
      sealed_credential, credential_last4, resets_at, position)
    on conflict (organization_id, account_name) do nothing
    returning id, account_name`);
}

export type AccountChange = Omit<AccountRow, "id" | "createdAt" | "updatedAt" | "credentialLast4"> & {
  /** undefined keeps what is stored */
  credential: { sealed: Buffer; last4: string } | null | undefined;
};

export function updateAccountRow(
  tx: Tx,
  organizationId: string,
  id: number,
  change: AccountChange,
): Promise<AccountRow> {
  const { credential } = change;
  const secret =
    credential === undefined
      ? empty
      : sql`sealed_credential = ${credential?.sealed ?? null}, credential_last4 = ${credential?.last4 ?? null},`;
  return tx.one(sql`
    update pool_accounts set account_name = ${change.accountName}, account_email = ${change.accountEmail},
      platform = ${change.platform}, credits_available = ${change.creditsAvailable}, status = ${change.status},
      specialization = ${change.specialization}, provider = ${change.provider}, base_url = ${change.baseUrl}, ${secret}
      resets_at = ${change.resetsAt}, updated_at = now()
    where organization_id = ${organizationId} and id = ${id}
    returning ${columns}`);
}

export type BestRow = Pick<AccountRow, "id" | "accountName" | "creditsAvailable" | "specialization" | "platform">;

/** Ready accounts with enough credits, most credits first; of equals one that is not in use, then the oldest. */
export function selectBestAccount(
  tx: Tx,
  organizationId: string,
  { minCredits, specialization, exceptId }: { minCredits: number; specialization?: string; exceptId?: number },
): Promise<BestRow | undefined> {
  return tx.maybe(sql`
    select id, account_name, credits_available, specialization, platform from pool_accounts
    where organization_id = ${organizationId} and status in ('available', 'active')
      and credits_available >= ${minCredits}
      ${specialization ? sql`and position(lower(${specialization}) in lower(specialization)) > 0` : empty}
      ${exceptId === undefined ? empty : sql`and id <> ${exceptId}`}
    order by credits_available desc, status = 'active', id limit 1`);
}

/** Puts an account to use, if it is still ready with that many credits. */
export function updateAccountActive(
  tx: Tx,
  organizationId: string,
  id: number,
  minCredits = 0,
): Promise<BestRow | undefined> {
  return tx.maybe(sql`
    update pool_accounts set status = 'active', updated_at = now()
    where organization_id = ${organizationId} and id = ${id} and status in ('available', 'active')
      and credits_available >= ${minCredits}
    returning id, account_name, credits_available, specialization, platform`);
}

export function updateAccountExhausted(tx: Tx, organizationId: string, id: number): Promise<number> {
  return tx.run(sql`
    update pool_accounts set status = 'exhausted', updated_at = now()
    where organization_id = ${organizationId} and id = ${id}`);
}

export const wireBest = ({ id, accountName, creditsAvailable, specialization, platform }: BestRow): BestAccount => ({
  id,
  account_name: accountName,
  credits_available: creditsAvailable,
  specialization,
  platform,
});
