import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getRequestListener } from "@hono/node-server";
import { noteAddress, notePeer } from "#lib/http/client-address";
import { createAuthProxy } from "#server/auth-proxy";
import { createDispatch, isApiPath } from "#server/dispatch";
import { loadRoutes } from "#server/routes";
import type { SocketSettings } from "#server/sockets/open";
import { createSockets } from "#server/sockets/sockets";

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
type UpgradeListener = (incoming: IncomingMessage, socket: Duplex, head: Buffer) => unknown;

export type WebOptions = {
  root: string;
  host: string;
  port: number;
  /** Serves what is no API: the dashboard. Left out, such paths are 404. */
  pages?: Listener;
  /** Takes the upgrades of pages: Next's own, while developing. */
  upgradePages?: UpgradeListener | undefined;
  sockets?: Partial<SocketSettings>;
  /** Where `/auth/v1/*` is passed on to: mails of the embedded auth service link there. */
  authUrl?: string;
};

export type Web = { port: number; server: Server; stop(graceMs: number): Promise<void> };

function notFoundPage(_incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found\n");
}

async function apiListener(root: string): Promise<Listener> {
  const dispatch = createDispatch(await loadRoutes(root));
  return getRequestListener((request, env) => {
    notePeer(request, env.incoming.socket.remoteAddress);
    return dispatch(request);
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/**
 * Holds the head of a streamed answer back for one turn of the event loop. Its first piece is there by then, and both go
 * out as one packet; a stream that starts later is not kept waiting.
 */
function joinHead(outgoing: ServerResponse): void {
  const flush = outgoing.flushHeaders.bind(outgoing);
  outgoing.flushHeaders = () => {
    setImmediate(() => {
      if (outgoing.writable) flush();
    });
  };
}

/** Serves API, sockets and pages on one port. `stop` takes no new requests and waits up to `graceMs` for those in flight. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { root, host, port, pages = notFoundPage, upgradePages, authUrl } = options;
  const sockets = createSockets(options.sockets);
  const api = await apiListener(root);
  const auth = authUrl ? createAuthProxy(authUrl) : undefined;
  const server = createServer({ keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
    const url = incoming.url ?? "/";
    if (isApiPath(url)) {
      joinHead(outgoing);
      api(incoming, outgoing);
    } else if (auth && url.startsWith("/auth/v1/")) auth(incoming, outgoing);
    else {
      noteAddress(incoming.headers, incoming.socket.remoteAddress);
      pages(incoming, outgoing);
    }
  });
  const pageSockets = new Set<Duplex>();
  server.on("upgrade", (incoming, socket, head) => {
    if (upgradePages && !isApiPath(incoming.url ?? "/")) {
      pageSockets.add(socket);
      socket.once("close", () => pageSockets.delete(socket));
      upgradePages(incoming, socket, head);
    } else sockets.upgrade(incoming, socket, head);
  });
  await listen(server, port, host);
  const stopRequests = (graceMs: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      server.closeIdleConnections();
    });
  const stop = async (graceMs: number) => {
    // A browser keeps hot reload's open for as long as its tab is, and the server would wait for it.
    for (const socket of pageSockets) socket.destroy();
    await Promise.all([stopRequests(graceMs), sockets.stop(graceMs)]);
  };
  return { port: (server.address() as AddressInfo).port, server, stop };
}
