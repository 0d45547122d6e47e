import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";
import { serveCompressed } from "#server/static-files";

export type Pages = {
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
  /** For the pages' own upgrades (hot reload); none when not developing. */
  upgrade: ((incoming: IncomingMessage, socket: Duplex, head: Buffer) => unknown) | undefined;
  close(): Promise<void>;
};

/** Next, for pages only: API paths never reach it in this process. */
export async function createPages(options: { root: string; dev: boolean; host: string; port: number }): Promise<Pages> {
  // Next listens for upgrades on the server it is given, and would end those of our sockets: it gets one that never
  // listens, and hot reload's are handed to it. (`getUpgradeHandler` leads past hot reload.)
  const upgrades = createServer();
  const app = next({
    dir: options.root,
    dev: options.dev,
    hostname: "localhost",
    port: options.port,
    quiet: !options.dev,
    httpServer: upgrades,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade: Pages["upgrade"] = (incoming, socket, head) => {
    // Next begins to listen with its first page; a browser asks again.
    if (!upgrades.emit("upgrade", incoming, socket, head)) socket.destroy();
  };
  const listener: Pages["listener"] = (incoming, outgoing) => handle(incoming, outgoing);
  return {
    listener: options.dev ? listener : serveCompressed(options.root, listener),
    upgrade: options.dev ? upgrade : undefined,
    close: () => app.close(),
  };
}
