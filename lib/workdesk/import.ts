import { addPastAccounts } from "#lib/account-pool/history";
import type { Context } from "#lib/context";
import { type Tx, transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { addMissingKnowledge } from "#lib/knowledge/service";
import { addFiles } from "#lib/projects/service";
import { recordEvent } from "#lib/records/service";
import type { ImportedProject, ImportedSession, ImportProject } from "#lib/workdesk/import-schema";
import { insertImportedProject, insertImportedSessions, selectMissingAccounts } from "#lib/workdesk/queries";

function refuseTwice<T>(field: string, values: readonly T[], name: string): void {
  const seen = new Set<T>();
  for (const [index, value] of values.entries()) {
    if (seen.has(value)) {
      throw invalid([{ field: `data.${field}[${index}]`, message: `${name} ${value} is there more than once` }]);
    }
    seen.add(value);
  }
}

/** Accounts that this organization has not: they only carry the history, so nothing is ever started on them. */
async function addAccounts(tx: Tx, ctx: Context, { sessions, accounts }: ImportProject["data"]): Promise<number> {
  const names = [...new Set(sessions.map(({ account_name }) => account_name))];
  const missing = await selectMissingAccounts(tx, ctx.organizationId, names);
  const known = new Map(accounts.map((account) => [account.account_name, account]));
  const past = missing.map(({ accountName }) => ({
    account_name: accountName,
    platform: known.get(accountName)?.platform ?? ("other" as const),
    specialization: known.get(accountName)?.specialization ?? null,
  }));
  await addPastAccounts(tx, ctx, past);
  return past.length;
}

const inOrder = (sessions: readonly ImportedSession[]) =>
  sessions.toSorted((one, other) => one.session_number - other.session_number);

/**
 * Takes over an exported project, all or nothing: its sessions keep their numbers, times and credits (nothing is drawn from
 * accounts here), knowledge that is here already is left out. Throws `validation`.
 */
export async function importProject(ctx: Context, input: ImportProject): Promise<ImportedProject> {
  const { project, sessions, files, knowledge } = input.data;
  refuseTwice(
    "sessions",
    sessions.map(({ session_number }) => session_number),
    "session_number",
  );
  refuseTwice(
    "files",
    files.map(({ file_path }) => file_path),
    "file_path",
  );
  return transaction(ctx, async (tx) => {
    const { name, description = null, status, created_at: createdAt = null } = project;
    const facts = { name, description, status, createdAt };
    const last = sessions.reduce((most, { session_number }) => Math.max(most, session_number), 0);
    const { id } = await insertImportedProject(tx, ctx.organizationId, facts, last);
    const accounts = await addAccounts(tx, ctx, input.data);
    if (sessions.length > 0) await insertImportedSessions(tx, ctx.organizationId, id, inOrder(sessions));
    await addFiles(tx, ctx, id, files);
    const entries = await addMissingKnowledge(tx, ctx, knowledge);
    await recordEvent(tx, ctx, "project.imported", { project_id: id, name, sessions: sessions.length });
    return { id, sessions: sessions.length, files: files.length, knowledge: entries, accounts };
  });
}
