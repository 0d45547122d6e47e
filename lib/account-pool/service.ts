import { DatabaseError } from "pg";
import { checkBaseUrl, connectionOf, sealCredential } from "#lib/account-pool/connection";
import {
  type AccountRow,
  insertAccounts,
  type NewAccount,
  selectAccount,
  selectAccounts,
  updateAccountRow,
} from "#lib/account-pool/queries";
import type {
  Account,
  AccountAnswer,
  AccountStatus,
  Accounts,
  BatchCreateAccounts,
  BatchCreatedAccounts,
  CreateAccount,
  UpdateAccount,
} from "#lib/account-pool/schema";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { AppError, conflict, invalid, notFound } from "#lib/errors";
import { recordAudit, recordEvent } from "#lib/records/service";
import { sqlTime, sqlTimeOrNull } from "#lib/workdesk/sql-time";

const unknown = () => notFound("Account");
const taken = (name: string) => conflict(`An account named "${name}" already exists`);

function wire(row: AccountRow): Account {
  return {
    id: row.id,
    account_name: row.accountName,
    account_email: row.accountEmail,
    platform: row.platform,
    credits_available: row.creditsAvailable,
    status: row.status,
    specialization: row.specialization,
    provider: row.provider,
    base_url: row.baseUrl,
    has_credential: row.credentialLast4 !== null,
    credential_last4: row.credentialLast4,
    resets_at: sqlTimeOrNull(row.resetsAt),
    created_at: sqlTime(row.createdAt),
    updated_at: sqlTime(row.updatedAt),
  };
}

/** The organization's accounts by name, at most 1000; never a credential. */
export async function listAccounts(ctx: Context): Promise<Accounts> {
  return { data: (await selectAccounts(tenant(ctx), ctx.organizationId)).map(wire) };
}

/** An account, without its credential. Throws `not_found`. */
export async function getAccount(ctx: Context, id: number): Promise<AccountAnswer> {
  return { data: await requireAccount(tenant(ctx), ctx, id) };
}

/** Throws `not_found`. */
export async function requireAccount(tx: Tx, ctx: Context, id: number): Promise<Account> {
  const row = await selectAccount(tx, ctx.organizationId, id);
  if (!row) throw unknown();
  return wire(row);
}

function prepare(input: CreateAccount): NewAccount {
  const { provider, baseUrl } = connectionOf(input, input.platform);
  const secret = input.credential ? sealCredential(input.credential) : undefined;
  return {
    account_name: input.account_name,
    account_email: input.account_email ?? null,
    platform: input.platform,
    status: "available",
    specialization: input.specialization ?? null,
    provider,
    base_url: baseUrl,
    sealed_credential: secret?.sealed.toString("base64") ?? null,
    credential_last4: secret?.last4 ?? null,
    resets_at: input.resets_at ?? null,
  };
}

async function add(ctx: Context, made: NewAccount[]) {
  return transaction(ctx, async (tx) => {
    const accounts = await insertAccounts(tx, ctx.organizationId, made);
    if (accounts.length < made.length) {
      const names = new Set(accounts.map(({ accountName }) => accountName));
      throw taken(made.find(({ account_name }) => !names.has(account_name))?.account_name ?? "");
    }
    const byName = new Map(accounts.map(({ id, accountName }) => [accountName, id]));
    const added = made.map(({ account_name: name }) => ({ name, id: byName.get(name) ?? 0 }));
    const withCredential = made.filter(({ credential_last4 }) => credential_last4 !== null);
    await recordEvent(tx, ctx, "account.created", { accounts: added });
    if (withCredential.length > 0) {
      const names = withCredential.map(({ account_name }) => account_name);
      await recordAudit(tx, ctx, "config.change", { type: "account_credential", id: "new" }, { stored: names });
    }
    return added;
  });
}

/** Adds an account with 100 credits. Throws `conflict` when the organization has one of that name. */
export async function createAccount(ctx: Context, input: CreateAccount): Promise<{ id: number }> {
  await checkBaseUrl(input);
  const [account] = await add(ctx, [prepare(input)]);
  if (!account) throw new Error("No account was made.");
  return { id: account.id };
}

/** Says which account of a batch is wrong. */
function itemOf(index: number, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== "validation") return error;
  return invalid(error.issues.map(({ field, message }) => ({ field: `accounts[${index}].${field}`, message })));
}

/** Adds all of the accounts in one statement, or none: one name that is taken or comes twice refuses them all. */
export async function createAccounts(ctx: Context, input: BatchCreateAccounts): Promise<BatchCreatedAccounts> {
  const seen = new Set<string>();
  for (const { account_name: name } of input.accounts) {
    if (seen.has(name)) throw conflict(`The account name "${name}" is in the batch more than once`);
    seen.add(name);
  }
  const made: NewAccount[] = [];
  const checked = new Set<string | null | undefined>();
  for (const [index, account] of input.accounts.entries()) {
    try {
      if (!checked.has(account.base_url)) await checkBaseUrl(account);
      checked.add(account.base_url);
      made.push(prepare(account));
    } catch (error) {
      throw itemOf(index, error);
    }
  }
  const accounts = await add(ctx, made);
  return { message: `Created ${accounts.length} accounts`, accounts };
}

function statusAfter({ status, creditsAvailable }: AccountRow, given: UpdateAccount): AccountStatus {
  if (given.status) return given.status;
  const credits = given.credits_available ?? creditsAvailable;
  if (status === "blocked" || given.credits_available === undefined) return status;
  return credits === 0 ? "exhausted" : status === "exhausted" ? "available" : status;
}

const isNameTaken = (error: unknown) => error instanceof DatabaseError && error.code === "23505";

const kept = <T>(given: T | undefined, stored: T): T => (given === undefined ? stored : given);

/**
 * Changes what is given; `credential: null` removes the stored one. New credits without a status make an account exhausted
 * at 0 and an exhausted one available. Throws `not_found`, or `conflict` for a name that another account has.
 */
export async function updateAccount(ctx: Context, id: number, input: UpdateAccount): Promise<AccountAnswer> {
  await checkBaseUrl(input);
  return transaction(ctx, async (tx) => {
    const found = await selectAccount(tx, ctx.organizationId, id, { lock: true });
    if (!found) throw unknown();
    const platform = input.platform ?? found.platform;
    const stored = { ...found, hasCredential: found.credentialLast4 !== null };
    const { provider, baseUrl } = connectionOf(input, platform, stored);
    const accountName = input.account_name ?? found.accountName;
    const changed = await updateAccountRow(tx, ctx.organizationId, id, {
      accountName,
      accountEmail: kept(input.account_email, found.accountEmail),
      platform,
      creditsAvailable: input.credits_available ?? found.creditsAvailable,
      status: statusAfter(found, input),
      specialization: kept(input.specialization, found.specialization),
      provider,
      baseUrl,
      credential: typeof input.credential === "string" ? sealCredential(input.credential) : input.credential,
      resetsAt: kept(input.resets_at, found.resetsAt),
    }).catch((error: unknown) => {
      throw isNameTaken(error) ? taken(accountName) : error;
    });
    const fields = Object.keys(input);
    await recordEvent(tx, ctx, "account.updated", { account_id: id, fields });
    if (input.credential !== undefined) {
      const details = input.credential === null ? { removed: accountName } : { stored: accountName };
      await recordAudit(tx, ctx, "config.change", { type: "account_credential", id: String(id) }, details);
    }
    return { data: wire(changed) };
  });
}
