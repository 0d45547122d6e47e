import type { ChatTurn } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";

/** Creates the session at its first turn and opens it again when it had ended; answers its row's id. */
export function upsertSession(
  tx: Tx,
  ctx: Context,
  sessionId: string,
  clientId: string | null = null,
): Promise<{ id: string }> {
  return tx.one<{ id: string }>(sql`
    insert into chat_sessions as s (id, organization_id, session_id, client_id)
    values (${uuidv7()}, ${ctx.organizationId}, ${sessionId}, ${clientId})
    on conflict (organization_id, session_id) do update
      set last_active_at = now(), ended_at = null, ended_reason = null,
        client_id = coalesce(excluded.client_id, s.client_id)
    returning id`);
}

type Turns = { chatSessionId: string; message: string; response: string; runId: string };

/** The message and its answer, in this order. */
export function insertTurns(tx: Tx, ctx: Context, turns: Turns): Promise<number> {
  return tx.run(sql`
    insert into chat_turns (id, organization_id, chat_session_id, role, content, run_id)
    values
      (${uuidv7()}, ${ctx.organizationId}, ${turns.chatSessionId}, 'user', ${turns.message}, ${turns.runId}),
      (${uuidv7()}, ${ctx.organizationId}, ${turns.chatSessionId}, 'assistant', ${turns.response}, ${turns.runId})`);
}

export type SessionRow = { id: string; summary: string | null; summaryThrough: number };

export function selectSession(tx: Tx, ctx: Context, sessionId: string): Promise<SessionRow | undefined> {
  return tx.maybe<SessionRow>(sql`
    select id, summary, summary_through from chat_sessions
    where organization_id = ${ctx.organizationId} and session_id = ${sessionId}`);
}

/** The last turns of a session, newest first: at most `limit`, and no more than the first that exceeds `characters` in all. */
export function selectLastTurns(
  tx: Tx,
  ctx: Context,
  chatSessionId: string,
  { limit, characters }: { limit: number; characters: number },
): Promise<ChatTurn[]> {
  return tx.all<ChatTurn>(sql`
    select role, content, created_at from (
      select position, role, content, created_at,
        sum(char_length(content)) over (order by position desc) - char_length(content) as newer
      from (
        select position, role, content, created_at from chat_turns
        where organization_id = ${ctx.organizationId} and chat_session_id = ${chatSessionId}
        order by position desc limit ${limit}
      ) as last
    ) as counted
    where newer < ${characters}
    order by position desc`);
}

/** Removes a session's turns and what was summarised of them. Answers how many turns there were. */
export function deleteTurns(tx: Tx, ctx: Context, sessionId: string): Promise<number> {
  return tx.run(sql`
    with forgotten as (
      update chat_sessions set summary = null, summary_through = 0
      where organization_id = ${ctx.organizationId} and session_id = ${sessionId}
      returning id
    )
    delete from chat_turns t using forgotten f
    where t.chat_session_id = f.id and t.organization_id = ${ctx.organizationId}`);
}

/** Ends a session by command, also one without any turn. Touches nothing when it has ended already. */
export function updateSessionToEnded(
  tx: Tx,
  ctx: Context,
  sessionId: string,
  clientId: string,
): Promise<{ id: string } | undefined> {
  return tx.maybe<{ id: string }>(sql`
    insert into chat_sessions as s (id, organization_id, session_id, client_id, ended_at, ended_reason)
    values (${uuidv7()}, ${ctx.organizationId}, ${sessionId}, ${clientId}, now(), 'command')
    on conflict (organization_id, session_id) do update
      set ended_at = now(), ended_reason = 'command', client_id = excluded.client_id
      where s.ended_at is null
    returning id`);
}

export function selectTurnCount(tx: Tx, ctx: Context, chatSessionId: string): Promise<{ turns: number }> {
  return tx.one<{ turns: number }>(sql`
    select count(*) as turns from chat_turns
    where organization_id = ${ctx.organizationId} and chat_session_id = ${chatSessionId}`);
}

export type IdleSession = { organizationId: string; sessionId: string; clientId: string | null; turns: number };

/** Ends sessions of all organizations that were idle for so long, each once however many processes look. */
export function updateIdleSessions(tx: Tx, idleMinutes: number, limit: number): Promise<IdleSession[]> {
  return tx.all<IdleSession>(sql`
    with idle as (
      select id from chat_sessions
      where ended_at is null and last_active_at < now() - make_interval(mins => ${idleMinutes})
      order by last_active_at limit ${limit} for update skip locked
    )
    update chat_sessions s set ended_at = now(), ended_reason = 'idle'
    from idle where s.id = idle.id
    returning s.organization_id, s.session_id, s.client_id,
      (select count(*) from chat_turns t where t.chat_session_id = s.id) as turns`);
}
