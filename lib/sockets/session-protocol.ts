import type { Context } from "#lib/context";
import { followSession, lastSequence } from "#lib/orchestration/feed";
import { naive } from "#lib/orchestration/serialize";
import { type Encoded, fanOut, type Source } from "#lib/realtime/fan-out";
import { messageLimit } from "#lib/sockets/message-limit";
import { closeCodes, type Peer, type Protocol } from "#lib/sockets/protocol";

function isPing(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value && value.type === "ping";
  } catch {
    return false;
  }
}

function sourceOf(ctx: Context, sessionId: string): Source {
  return async function* (after, signal) {
    for await (const { sequence, event } of followSession(ctx, sessionId, after, signal))
      yield { sequence, bytes: Buffer.from(JSON.stringify({ ...event, sequence })) } satisfies Encoded;
  };
}

/**
 * The events of an orchestration session (contract X14): from now on, or from a number on. Throws `not_found` for a
 * session that is unknown or of another organization. The answer begins to send.
 */
export async function sessionProtocol(
  ctx: Context,
  sessionId: string,
  after: number | undefined,
): Promise<(peer: Peer) => Protocol> {
  const last = await lastSequence(ctx, sessionId);
  const key = `session:${ctx.organizationId}:${sessionId}`;
  return (peer) => {
    const take = messageLimit();
    const leave = fanOut(key, sourceOf(ctx, sessionId), {
      after: after ?? last,
      deliver: (events) => peer.send(...events.map(({ bytes }) => bytes)),
      failed: () => peer.close(closeCodes.notFound, "Session not found"),
    });
    return {
      receive: (text) => {
        try {
          take();
        } catch {
          return;
        }
        if (isPing(text)) peer.send(JSON.stringify({ type: "pong", timestamp: naive(new Date().toISOString()) }));
      },
      left: leave,
      settled: async () => undefined,
    };
  };
}
