import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { CreateKnowledge, KnowledgeEntry, UpdateKnowledge } from "#lib/knowledge/schema";

export type KnowledgeRow = Pick<KnowledgeEntry, "id" | "category" | "title" | "description" | "tags" | "handoffs"> & {
  usageCount: number;
  successRate: number;
  createdAt: string;
};

const rowsMax = 1_000;

const columns = sql`k.id, k.category, k.title, k.description, k.tags, k.usage_count, k.success_rate, k.created_at,
  (select count(*) from handoff_knowledge h
    where h.organization_id = k.organization_id and h.knowledge_id = k.id) as handoffs`;

/** Most useful first. */
export function selectKnowledge(
  tx: Tx,
  organizationId: string,
  category: KnowledgeEntry["category"] | undefined,
  limit = rowsMax,
): Promise<KnowledgeRow[]> {
  return tx.all(sql`
    select ${columns} from knowledge_entries k
    where k.organization_id = ${organizationId} ${category ? sql`and k.category = ${category}` : empty}
    order by k.usage_count desc, k.success_rate desc, k.id limit ${limit}`);
}

// Any of the words may match: whole questions are searched for, and few entries hold every word of one. The parser quotes
// each word, so an & between two of them is always the operator.
const anyWordOf = (text: string) =>
  sql`(select replace(plainto_tsquery('english', ${text})::text, '&', '|')::tsquery as query) as wanted`;

/** Best match first. */
export function selectMatchingKnowledge(
  tx: Tx,
  organizationId: string,
  {
    text,
    category,
    limit = rowsMax,
  }: { text: string; category?: KnowledgeEntry["category"] | undefined; limit?: number },
): Promise<KnowledgeRow[]> {
  return tx.all(sql`
    select ${columns} from knowledge_entries k, ${anyWordOf(text)}
    where k.organization_id = ${organizationId} and k.search @@ wanted.query
      ${category ? sql`and k.category = ${category}` : empty}
    order by ts_rank(k.search, wanted.query) desc, k.usage_count desc, k.success_rate desc, k.id limit ${limit}`);
}

export function selectKnowledgeEntry(tx: Tx, organizationId: string, id: number): Promise<KnowledgeRow | undefined> {
  return tx.maybe(sql`
    select ${columns} from knowledge_entries k where k.organization_id = ${organizationId} and k.id = ${id}`);
}

/** The titles of the entries that the organization has, among those given. */
export function selectKnownTitles(
  tx: Tx,
  organizationId: string,
  titles: readonly string[],
): Promise<{ category: string; title: string }[]> {
  return tx.all(sql`
    select distinct category, title from knowledge_entries
    where organization_id = ${organizationId} and title = any (${[...titles]}::text[])`);
}

export type ImportedKnowledge = CreateKnowledge & { usage_count: number };

/** Adds entries in their order, with ids in a row. Answers the ids. */
export function insertKnowledge(
  tx: Tx,
  organizationId: string,
  entries: readonly ImportedKnowledge[],
): Promise<{ id: number }[]> {
  return tx.all(sql`
    with first as (
      select baton.next_work_numbers(${organizationId}, 'knowledge', ${entries.length}) as number
    )
    insert into knowledge_entries (organization_id, id, category, title, description, tags, usage_count, success_rate)
    select ${organizationId}, first.number + e.position - 1, e.category, e.title, e.description, e.tags, e.usage_count,
      e.success_rate
    from first, rows from (
      jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
        as (category text, title text, description text, tags text, usage_count bigint, success_rate float8)
    ) with ordinality as e (category, title, description, tags, usage_count, success_rate, position)
    returning id`);
}

/** Changes what is given; `used` counts a use, and with `success` moves the share of uses that worked out. */
export function updateKnowledgeRow(
  tx: Tx,
  organizationId: string,
  id: number,
  change: UpdateKnowledge,
): Promise<{ id: number } | undefined> {
  const outcome = change.used && change.success !== undefined ? Number(change.success) : null;
  return tx.maybe(sql`
    update knowledge_entries set
      category = coalesce(${change.category ?? null}, category),
      title = coalesce(${change.title ?? null}, title),
      description = coalesce(${change.description ?? null}, description),
      tags = coalesce(${change.tags ?? null}, tags),
      usage_count = usage_count + ${change.used ? 1 : 0},
      success_rate = coalesce(
        round(((success_rate * usage_count + ${outcome}::int) / (usage_count + 1))::numeric, 4)::float8, success_rate),
      updated_at = now()
    where organization_id = ${organizationId} and id = ${id}
    returning id`);
}

/** Counts a use of each; answers the ids that exist. In the order of the ids, so that two of these never deadlock. */
export function updateKnowledgeUsed(tx: Tx, organizationId: string, ids: number[]): Promise<{ id: number }[]> {
  return tx.all(sql`
    with used as (
      select id from knowledge_entries
      where organization_id = ${organizationId} and id = any (${ids}::bigint[]) order by id for update
    )
    update knowledge_entries k set usage_count = k.usage_count + 1
    from used where k.organization_id = ${organizationId} and k.id = used.id
    returning k.id`);
}
