import type { ChatTurn } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type MemoryTurn = Pick<ChatTurn, "role" | "content"> & {
  position: number;
  /** UTF-8 bytes of this turn and of those read before it. */
  bytesSoFar: number;
};

type Part = { chatSessionId: string; after: number; bytes: number; limit: number };

/** The newest turns after a position, newest first, up to and including the first that no longer fits `bytes` in all. */
export function selectNewestTurns(tx: Tx, ctx: Context, { chatSessionId, after, bytes, limit }: Part) {
  return tx.all<MemoryTurn>(sql`
    select position, role, content, bytes_so_far from (
      select position, role, content, sum(octet_length(content)) over (order by position desc) as bytes_so_far
      from (
        select position, role, content from chat_turns
        where organization_id = ${ctx.organizationId} and chat_session_id = ${chatSessionId} and position > ${after}
        order by position desc limit ${limit}
      ) as newest
    ) as counted
    where bytes_so_far - octet_length(content) <= ${bytes}
    order by position desc`);
}

/** The turns after a position and before another, oldest first, up to and including the first that exceeds `bytes` in all. */
export function selectOldestTurns(
  tx: Tx,
  ctx: Context,
  { chatSessionId, after, before, bytes, limit }: Part & { before: number },
) {
  return tx.all<MemoryTurn>(sql`
    select position, role, content, bytes_so_far from (
      select position, role, content, sum(octet_length(content)) over (order by position) as bytes_so_far
      from (
        select position, role, content from chat_turns
        where organization_id = ${ctx.organizationId} and chat_session_id = ${chatSessionId}
          and position > ${after} and position < ${before}
        order by position limit ${limit}
      ) as oldest
    ) as counted
    where bytes_so_far - octet_length(content) < ${bytes}
    order by position`);
}

/** Replaces the summary that went up to `after` by one that goes further. Touches nothing when another was quicker. */
export function updateSummary(
  tx: Tx,
  ctx: Context,
  chatSessionId: string,
  { summary, after, through }: { summary: string; after: number; through: number },
): Promise<number> {
  return tx.run(sql`
    update chat_sessions set summary = ${summary}, summary_through = ${through}
    where organization_id = ${ctx.organizationId} and id = ${chatSessionId} and summary_through = ${after}`);
}
