import { SessionId } from "#lib/chat/schema";
import type { Context } from "#lib/context";
import { type AppError, invalid } from "#lib/errors";
import { segmentsOf } from "#lib/http/path";
import { chatProtocol } from "#lib/sockets/chat-protocol";
import { errorFrame } from "#lib/sockets/frames";
import type { Peer, Protocol } from "#lib/sockets/protocol";
import { sessionProtocol } from "#lib/sockets/session-protocol";

/** What is spoken at an address. */
export type Address = {
  /** For metrics: never raw ids. */
  template: string;
  /** Looks whether this caller may speak here; the answer begins to. Throws `not_found`. */
  prepare(ctx: Context): Promise<(peer: Peer) => Protocol>;
  /** Tells a client that is sent away, in the words of the protocol. */
  refuse?(peer: Peer, error: AppError, requestId: string): void;
};

function chatAddress(clientId: string, sessionId: string): Address {
  const names = { client_id: clientId, session_id: sessionId };
  for (const [field, name] of Object.entries(names)) {
    const parsed = SessionId.safeParse(name);
    if (!parsed.success) throw invalid([{ field, message: `${field} must have 1 to 128 characters` }]);
  }
  return {
    template: "/chat/ws/{client_id}/{session_id}",
    prepare: async (ctx) => (peer) => chatProtocol(peer, ctx, { clientId, sessionId }),
    refuse: (peer, error, requestId) => peer.send(JSON.stringify(errorFrame(error, requestId))),
  };
}

function afterOf(query: URLSearchParams): number | undefined {
  const after = query.get("after");
  if (after === null) return undefined;
  if (/^\d{1,9}$/.test(after)) return Number(after);
  throw invalid([{ field: "after", message: "Must be the sequence of an event" }]);
}

/** The socket at a path; nothing where there is none. Throws `validation` for names that cannot be. */
export function addressOf(path: string, query: URLSearchParams): Address | undefined {
  const segments = segmentsOf(path);
  const [first = "", second = "", third = "", fourth = ""] = segments ?? [];
  if (segments?.length === 2 && first === "ws") {
    const after = afterOf(query);
    return { template: "/ws/{session_id}", prepare: (ctx) => sessionProtocol(ctx, second, after) };
  }
  if (segments?.length === 4 && first === "chat" && second === "ws") return chatAddress(third, fourth);
  return undefined;
}
