import { empty, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { CompressStats, Handoff, Verification } from "#lib/handoff/schema";

export type NewHandoff = {
  projectId: number;
  sessionId: number | null;
  fromAccountId: number | null;
  toAccountId: number | null;
  kind: Handoff["kind"];
  mode: Handoff["mode"];
  level: Handoff["level"];
  briefing: string;
  original: string | null;
  stats: CompressStats | null;
  verification: Verification | null;
};

/** Stores a hand-over and which knowledge went along with it. */
export function insertHandoff(
  tx: Tx,
  organizationId: string,
  made: NewHandoff,
  knowledgeIds: readonly number[],
): Promise<{ id: number }> {
  return tx.one(sql`
    with made as (
      insert into handoffs (organization_id, id, project_id, session_id, from_account_id, to_account_id, kind, mode, level,
        briefing, original, original_lines, compressed_lines, verification)
      values (${organizationId}, baton.next_work_numbers(${organizationId}, 'handoff', 1), ${made.projectId},
        ${made.sessionId}, ${made.fromAccountId}, ${made.toAccountId}, ${made.kind}, ${made.mode}, ${made.level},
        ${made.briefing}, ${made.original}, ${made.stats?.original_lines ?? null},
        ${made.stats?.compressed_lines ?? null}, ${made.verification && JSON.stringify(made.verification)})
      returning id
    ), along as (
      insert into handoff_knowledge (organization_id, handoff_id, knowledge_id)
      select ${organizationId}, made.id, entry from made, unnest(${[...knowledgeIds]}::bigint[]) as entry
    )
    select id from made`);
}

export type HandoffRow = {
  id: number;
  projectId: number;
  projectName: string;
  sessionId: number | null;
  sessionNumber: number | null;
  fromAccountId: number | null;
  fromAccountName: string | null;
  toAccountId: number | null;
  toAccountName: string | null;
  kind: Handoff["kind"];
  mode: Handoff["mode"];
  level: Handoff["level"];
  originalLines: number | null;
  compressedLines: number | null;
  verification: Verification | null;
  createdAt: string;
};

const columns = sql`h.id, h.project_id, p.name as project_name, h.session_id, s.session_number, h.from_account_id,
  f.account_name as from_account_name, h.to_account_id, t.account_name as to_account_name, h.kind, h.mode, h.level,
  h.original_lines, h.compressed_lines, h.verification, h.created_at`;

const joined = sql`handoffs h
  join projects p on p.organization_id = h.organization_id and p.id = h.project_id
  left join work_sessions s on s.organization_id = h.organization_id and s.id = h.session_id
  left join pool_accounts f on f.organization_id = h.organization_id and f.id = h.from_account_id
  left join pool_accounts t on t.organization_id = h.organization_id and t.id = h.to_account_id`;

/** Newest first. */
export function selectHandoffs(
  tx: Tx,
  organizationId: string,
  projectId: number | undefined,
  limit: number,
): Promise<HandoffRow[]> {
  return tx.all(sql`
    select ${columns} from ${joined}
    where h.organization_id = ${organizationId} ${projectId === undefined ? empty : sql`and h.project_id = ${projectId}`}
    order by h.id desc limit ${limit}`);
}

type Details = HandoffRow & { briefing: string; original: string | null; knowledge: { id: number; title: string }[] };

export function selectHandoff(tx: Tx, organizationId: string, id: number): Promise<Details | undefined> {
  return tx.maybe(sql`
    select ${columns}, h.briefing, h.original, coalesce((
      select jsonb_agg(jsonb_build_object('id', k.id, 'title', k.title) order by k.id)
      from handoff_knowledge hk
      join knowledge_entries k on k.organization_id = hk.organization_id and k.id = hk.knowledge_id
      where hk.organization_id = h.organization_id and hk.handoff_id = h.id
    ), '[]') as knowledge
    from ${joined} where h.organization_id = ${organizationId} and h.id = ${id}`);
}

/** Keeps rotations of one organization apart until the transaction ends: two at once would lock accounts crosswise. */
export async function lockRotations(tx: Tx, organizationId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`rotation\n${organizationId}`}, 0))`);
}
