import {
  deleteTurns,
  selectLastTurns,
  selectSession,
  selectTurnCount,
  updateIdleSessions,
  updateSessionToEnded,
} from "#lib/chat/queries";
import type { ChatHistory } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { systemTransaction, type Tx, tenant, transaction } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { recordEvent, recordEvents } from "#lib/records/service";
import { publishWebhook, publishWebhooks } from "#lib/webhooks/service";

const idleMinutes = 30;
const endedPerRound = 500;
const turnsMax = 1_000;
/** An answer of this size is still pleasant to get; older turns are left out. */
const charactersMax = 2_000_000;

type Ended = { session_id: string; client_id?: string; turns: number; reason: "command" | "idle" };

async function tellEnded(tx: Tx, ctx: Context, data: Ended): Promise<void> {
  await recordEvent(tx, ctx, "session.ended", data);
  await publishWebhook(tx, ctx, { event: "session.ended", data, scope: { type: "chat" } });
}

/**
 * The last turns of a session, oldest first: at most 1,000, and `characters` in all. Throws `not_found` for a session that
 * nobody has spoken in.
 */
export async function getHistory(ctx: Context, sessionId: string, characters = charactersMax): Promise<ChatHistory> {
  const session = await selectSession(tenant(ctx), ctx, sessionId);
  if (!session) throw notFound("Session");
  const newestFirst = await selectLastTurns(tenant(ctx), ctx, session.id, { limit: turnsMax, characters });
  const turns = newestFirst.reverse().map(({ createdAt, ...turn }) => ({ ...turn, created_at: createdAt }));
  return { session_id: sessionId, turns };
}

/** Forgets what was said in a session, and the summary of it. Answers how many turns there were. */
export function clearSession(ctx: Context, sessionId: string): Promise<number> {
  return deleteTurns(tenant(ctx), ctx, sessionId);
}

/** Ends a session by its client's command. False when it had ended already: then nobody is told again. */
export function endSession(ctx: Context, sessionId: string, clientId: string): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const ended = await updateSessionToEnded(tx, ctx, sessionId, clientId);
    if (!ended) return false;
    const { turns } = await selectTurnCount(tx, ctx, ended.id);
    await tellEnded(tx, ctx, { session_id: sessionId, client_id: clientId, turns, reason: "command" });
    return true;
  });
}

/** Ends sessions of all organizations in which nothing was said for 30 minutes. Answers how many there were. */
export function endIdleSessions(): Promise<number> {
  return systemTransaction(async (tx) => {
    const ended = await updateIdleSessions(tx, idleMinutes, endedPerRound);
    if (ended.length === 0) return 0;
    const happened = ended.map(({ organizationId, sessionId, clientId, turns }) => {
      const client = clientId === null ? {} : { client_id: clientId };
      return { organizationId, data: { session_id: sessionId, ...client, turns, reason: "idle" } satisfies Ended };
    });
    await recordEvents(tx, "session.ended", happened);
    await publishWebhooks(tx, "session.ended", happened);
    return ended.length;
  });
}
