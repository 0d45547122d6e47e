import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { tenant } from "#lib/db/transaction";
import { naive } from "#lib/orchestration/serialize";
import { requireSession } from "#lib/orchestration/service";
import { follow } from "#lib/realtime/feed";

type Row = {
  sequence: number;
  type: string;
  data: Record<string, unknown>;
  createdAt: string;
  threadId: string;
  orchestrationId: string;
};

/** An event as all followers see it, over every door. `timestamp` is naive. */
export type SessionEvent = {
  type: string;
  timestamp: string;
  thread_id: string;
  orchestration_id: string;
  [field: string]: unknown;
};

export type FollowedEvent = { sequence: number; event: SessionEvent };

function selectEvents(ctx: Context, sessionId: string, after: number): Promise<Row[]> {
  return tenant(ctx).all(sql`
    select e.sequence, v.type, v.data, v.created_at, o.thread_id, o.id as orchestration_id
    from orchestration_events e
      join run_events v on v.run_id = e.run_id and v.sequence = e.run_sequence
      join orchestrations o on o.run_id = e.run_id
    where e.organization_id = ${ctx.organizationId} and e.session_id = ${sessionId} and e.sequence > ${after}
    order by e.sequence limit 1000`);
}

function shown({ sequence, type, data, createdAt, threadId, orchestrationId }: Row): FollowedEvent {
  // Where in the run the answer stands is nobody's business but ours.
  const { position: _, ...told } = data;
  const ids = { thread_id: threadId, orchestration_id: orchestrationId };
  return { sequence, event: { type, timestamp: naive(createdAt), ...ids, ...told } };
}

/** The number of the session's last event: whoever wants only what comes follows after it. Throws `not_found`. */
export async function lastSequence(ctx: Context, sessionId: string): Promise<number> {
  return (await requireSession(ctx, sessionId)).lastSequence;
}

/**
 * The events of a session's orchestrations after a number, as they are committed: each once and in order, until `signal`
 * aborts. Throws `not_found` for an unknown session when it is first awaited.
 */
export async function* followSession(
  ctx: Context,
  sessionId: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<FollowedEvent, void> {
  const { id } = await requireSession(ctx, sessionId);
  const feed = {
    channel: "baton_session_events",
    id,
    read: async (seen: number) => (await selectEvents(ctx, id, seen)).map(shown),
    isLast: () => false,
    isOver: async () => false,
  };
  yield* follow(feed, after, signal);
}

/** The same as a server's events, for whoever has to know beforehand that the session is there. Throws `not_found`. */
export async function streamSession(ctx: Context, sessionId: string, after: number) {
  await requireSession(ctx, sessionId);
  return async function* (
    signal: AbortSignal,
  ): AsyncGenerator<{ id: number; event: string; data: SessionEvent }, void> {
    for await (const { sequence, event } of followSession(ctx, sessionId, after, signal))
      yield { id: sequence, event: event.type, data: event };
  };
}
