import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import {
  type ImportedKnowledge,
  insertKnowledge,
  type KnowledgeRow,
  selectKnowledge,
  selectKnowledgeEntry,
  selectKnownTitles,
  selectMatchingKnowledge,
  updateKnowledgeRow,
  updateKnowledgeUsed,
} from "#lib/knowledge/queries";
import type {
  CreateKnowledge,
  FoundKnowledge,
  KnowledgeAnswer,
  KnowledgeEntry,
  KnowledgeList,
  KnowledgeQuery,
  UpdateKnowledge,
} from "#lib/knowledge/schema";
import { recordEvent } from "#lib/records/service";
import { sqlTime } from "#lib/workdesk/sql-time";

const unknown = () => notFound("Knowledge entry");
/** More of a question says no more about what it is about. */
const searchCharactersMax = 2_000;
/** No knowledge base has so many entries. */
const exportMax = 100_000;

export function wireKnowledge({ usageCount, successRate, createdAt, ...rest }: KnowledgeRow): KnowledgeEntry {
  return { ...rest, usage_count: usageCount, success_rate: successRate, created_at: sqlTime(createdAt) };
}

/** The organization's knowledge base, most useful first; with `q` what matches it, best first. At most 1000 entries. */
export async function listKnowledge(ctx: Context, { category, q }: KnowledgeQuery = {}): Promise<KnowledgeList> {
  const { organizationId } = ctx;
  const rows = q
    ? await selectMatchingKnowledge(tenant(ctx), organizationId, { text: q, category })
    : await selectKnowledge(tenant(ctx), organizationId, category);
  return { data: rows.map(wireKnowledge) };
}

/** An entry. Throws `not_found`, also for one of another organization. */
export async function getKnowledge(ctx: Context, id: number): Promise<KnowledgeAnswer> {
  const row = await selectKnowledgeEntry(tenant(ctx), ctx.organizationId, id);
  if (!row) throw unknown();
  return { data: wireKnowledge(row) };
}

/** At most `limit` entries that hold words of `text`, best first: title before tags before description. */
export async function searchKnowledge(ctx: Context, text: string, limit: number): Promise<FoundKnowledge[]> {
  const wanted = { text: text.slice(0, searchCharactersMax), limit };
  const rows = await selectMatchingKnowledge(tenant(ctx), ctx.organizationId, wanted);
  return rows.map(({ id, category, title, description, tags }) => ({ id, category, title, description, tags }));
}

/** Adds an entry that nobody has used yet. */
export async function createKnowledge(ctx: Context, input: CreateKnowledge): Promise<{ id: number }> {
  return transaction(ctx, async (tx) => {
    const [made] = await insertKnowledge(tx, ctx.organizationId, [{ ...input, usage_count: 0 }]);
    if (!made) throw new Error("No knowledge entry was made.");
    await recordEvent(tx, ctx, "knowledge.created", { knowledge_id: made.id, title: input.title });
    return { id: made.id };
  });
}

/** Changes an entry, or with `used` counts a use of it. Throws `not_found`. */
export async function updateKnowledge(ctx: Context, id: number, input: UpdateKnowledge): Promise<KnowledgeAnswer> {
  return transaction(ctx, async (tx) => {
    const changed = await updateKnowledgeRow(tx, ctx.organizationId, id, input);
    const row = changed && (await selectKnowledgeEntry(tx, ctx.organizationId, id));
    if (!row) throw unknown();
    await recordEvent(tx, ctx, input.used ? "knowledge.used" : "knowledge.updated", { knowledge_id: id });
    return { data: wireKnowledge(row) };
  });
}

/** The whole knowledge base, for an export. */
export async function exportKnowledge(tx: Tx, ctx: Context): Promise<KnowledgeEntry[]> {
  return (await selectKnowledge(tx, ctx.organizationId, undefined, exportMax)).map(wireKnowledge);
}

const nameOf = ({ category, title }: { category: string; title: string }) => `${category}\n${title}`;

/** Adds the entries that the organization has none of by category and title. Answers how many. */
export async function addMissingKnowledge(
  tx: Tx,
  ctx: Context,
  entries: readonly ImportedKnowledge[],
): Promise<number> {
  const titles = entries.map(({ title }) => title);
  const known = new Set((await selectKnownTitles(tx, ctx.organizationId, titles)).map(nameOf));
  const missing = entries.filter((entry) => {
    const isNew = !known.has(nameOf(entry));
    known.add(nameOf(entry));
    return isNew;
  });
  if (missing.length > 0) await insertKnowledge(tx, ctx.organizationId, missing);
  return missing.length;
}

/** Counts a use of each entry, in the transaction in which they are used. Throws `not_found` when one does not exist. */
export async function countKnowledgeUse(tx: Tx, ctx: Context, ids: readonly number[]): Promise<number[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const used = await updateKnowledgeUsed(tx, ctx.organizationId, wanted);
  if (used.length < wanted.length) throw unknown();
  return wanted;
}
