import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { AppError } from "#lib/errors";
import type { Address } from "#lib/sockets/address";
import { type Admitted, authenticate, contextOf, isStillAllowed, withToken } from "#lib/sockets/admission";
import { gate } from "#lib/sockets/gate";
import { closeCodes, type Peer, type Protocol } from "#lib/sockets/protocol";
import { claim, type Entry, register } from "#lib/sockets/registry";
import { attach, peerOf } from "#server/sockets/connection";

export type SocketSettings = {
  /** How often a connection is asked whether it is alive. */
  pingMs: number;
  /** How long credentials may take. */
  patienceMs: number;
};

type Ready = { admitted: Admitted; address: Address; begin: ((peer: Peer) => Protocol) | undefined };

/** How often credentials are looked at where no notification says that they changed, or when a login runs out. */
const lookMs = 60_000;

/** Speaks on a new connection: at once when its upgrade had credentials, else once they came. */
export function open(socket: WebSocket, raw: Duplex, ready: Ready, settings: SocketSettings): Protocol {
  const { admitted, address, begin } = ready;
  const peer = peerOf(socket, raw);
  let { request } = admitted;
  const entry: Entry = {
    caller: admitted.caller,
    isStillAllowed: async () => !entry.caller || isStillAllowed(request, entry.caller),
    close: peer.close,
  };
  const leave = register(entry);
  socket.on("close", leave);
  socket.on("error", () => socket.terminate());
  const look = async () => {
    if (!(await entry.isStillAllowed())) peer.close(closeCodes.unauthorized, "The credentials are no longer valid");
  };
  // Now too: they may have been revoked before anybody could tell this connection.
  void look();
  const timer = setInterval(look, lookMs).unref();
  socket.on("close", () => clearInterval(timer));

  const { requestId } = admitted.visitor;
  const protocol =
    begin?.(peer) ??
    gate(peer, {
      patienceMs: settings.patienceMs,
      authenticate: (token) => {
        request = withToken(request, token);
        return authenticate(request);
      },
      begin: async (caller) => {
        claim(entry, caller);
        return (await address.prepare(contextOf(caller, admitted.visitor)))(peer);
      },
      refuse: (error: AppError) => address.refuse?.(peer, error, requestId),
    });
  attach(socket, protocol);
  return protocol;
}
