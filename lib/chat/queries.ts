import type { ChatTurn } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";

/** Creates the session at its first turn; answers its row's id. */
export function upsertSession(tx: Tx, ctx: Context, sessionId: string): Promise<{ id: string }> {
  return tx.one<{ id: string }>(sql`
    insert into chat_sessions (id, organization_id, session_id)
    values (${uuidv7()}, ${ctx.organizationId}, ${sessionId})
    on conflict (organization_id, session_id) do update set last_active_at = now()
    returning id`);
}

type Turn = { chatSessionId: string; role: ChatTurn["role"]; content: string; runId: string };

export function insertTurn(tx: Tx, ctx: Context, turn: Turn): Promise<number> {
  return tx.run(sql`
    insert into chat_turns (id, organization_id, chat_session_id, role, content, run_id)
    values (${uuidv7()}, ${ctx.organizationId}, ${turn.chatSessionId}, ${turn.role}, ${turn.content}, ${turn.runId})`);
}

/** The last turns of a session, newest first. */
export function selectLastTurns(tx: Tx, ctx: Context, sessionId: string, limit: number): Promise<ChatTurn[]> {
  return tx.all<ChatTurn>(sql`
    select t.role, t.content, t.created_at
    from chat_turns t
    join chat_sessions s on s.id = t.chat_session_id and s.organization_id = t.organization_id
    where s.organization_id = ${ctx.organizationId} and s.session_id = ${sessionId}
    order by t.position desc limit ${limit}`);
}
