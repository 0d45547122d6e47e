import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { notFound, unavailable } from "#lib/errors";
import { isDraining } from "#lib/health/service";
import { toAppError } from "#lib/http/failure";
import { refuse } from "#lib/http/pipeline";
import { log } from "#lib/log";
import { countRequest } from "#lib/metrics";
import { type Address, addressOf } from "#lib/sockets/address";
import { type Admitted, admitSocket, contextOf } from "#lib/sockets/admission";
import { closeCodes, type Peer, type Protocol } from "#lib/sockets/protocol";
import { requireRoom } from "#lib/sockets/registry";
import { countCall } from "#lib/usage/calls";
import { keepAlive } from "#server/sockets/keep-alive";
import { open, type SocketSettings } from "#server/sockets/open";
import { writeRefusal } from "#server/sockets/refusal";
import { queryOf, requestOf, withQueryToken } from "#server/sockets/request";

/** Larger messages close the connection with 1009. */
const messageBytesMax = 1024 * 1024;

export type Sockets = {
  /** Takes an upgrade of the HTTP server. Never rejects. */
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Takes no more connections and ends the open ones with 1001: idle ones now, others when they are done, all after `graceMs`. */
  stop(graceMs: number): Promise<void>;
};

type Ready = { admitted: Admitted; address: Address; begin: ((peer: Peer) => Protocol) | undefined };

/** Everything that can refuse an upgrade. */
async function prepare(request: Request, query: URLSearchParams, isStopping: boolean): Promise<Ready> {
  if (isStopping || isDraining()) throw unavailable("This process is about to end. Connect again.");
  const path = new URL(request.url).pathname;
  const address = addressOf(path, query);
  if (!address) throw notFound(`GET ${path}`);
  const admitted = await admitSocket(request);
  requireRoom(admitted.caller);
  const { caller, visitor } = admitted;
  return { admitted, address, begin: caller && (await address.prepare(contextOf(caller, visitor))) };
}

function note({ admitted, address }: Ready, startedAt: number): void {
  const { visitor, path, caller } = admitted;
  const ms = Date.now() - startedAt;
  countRequest("GET", address.template, 101, ms / 1_000);
  if (caller) countCall(caller);
  // The path only: the query may hold a token.
  log.info({ requestId: visitor.requestId, method: "GET", path, status: 101, ms }, "request");
}

/** The sockets of one web process (contract O2, X14). */
export function createSockets(given: Partial<SocketSettings> = {}): Sockets {
  const settings: SocketSettings = { pingMs: 30_000, patienceMs: 10_000, ...given };
  const server = new WebSocketServer({ noServer: true, clientTracking: false, maxPayload: messageBytesMax });
  const cookiesOf = new WeakMap<IncomingMessage, string[]>();
  server.on("headers", (lines, incoming) => {
    for (const cookie of cookiesOf.get(incoming) ?? []) lines.push(`Set-Cookie: ${cookie}`);
  });
  const alive = keepAlive(settings.pingMs);
  const opened = new Set<{ socket: WebSocket; protocol: Protocol }>();
  let isStopping = false;

  const begin = (socket: WebSocket, raw: Duplex, ready: Ready) => {
    alive.watch(socket);
    const one = { socket, protocol: open(socket, raw, ready, settings) };
    opened.add(one);
    socket.on("close", () => opened.delete(one));
    // The drain looked before this one was open.
    if (isStopping) socket.close(closeCodes.goingAway, "This process is about to end");
  };

  return {
    upgrade: async (incoming, socket, head) => {
      const startedAt = Date.now();
      const drop = () => socket.destroy();
      socket.on("error", drop);
      let request: Request | undefined;
      try {
        request = requestOf(incoming);
        const query = queryOf(incoming);
        const ready = await prepare(withQueryToken(request, query, incoming), query, isStopping);
        socket.off("error", drop);
        cookiesOf.set(incoming, ready.admitted.cookies);
        server.handleUpgrade(incoming, socket, head, (opened) => {
          note(ready, startedAt);
          begin(opened, socket, ready);
        });
      } catch (thrown) {
        const answered = request ?? new Request("http://localhost/ws");
        await writeRefusal(socket, await refuse(answered, toAppError(thrown)));
      }
    },
    stop: async (graceMs) => {
      isStopping = true;
      const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
      const endings = [...opened].map(async ({ socket, protocol }) => {
        await Promise.race([protocol.settled(), late]);
        socket.close(closeCodes.goingAway, "This process is about to end");
      });
      await Promise.all(endings);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 1_000).unref()), late]);
      for (const { socket } of opened) socket.terminate();
      alive.stop();
    },
  };
}
