import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import next from "next";

export type Pages = {
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
  /** For the pages' own upgrades (hot reload); none when not developing. */
  upgrade: ((incoming: IncomingMessage, socket: Duplex, head: Buffer) => unknown) | undefined;
  close(): Promise<void>;
};

/** Next, for pages only: API paths never reach it in this process. */
export async function createPages(options: { root: string; dev: boolean; host: string; port: number }): Promise<Pages> {
  const app = next({
    dir: options.root,
    dev: options.dev,
    hostname: "localhost",
    port: options.port,
    quiet: !options.dev,
    // Next listens for upgrades on the server it is given, and would end those of our sockets: it gets one that never listens.
    httpServer: createServer(),
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  const upgrade = options.dev ? app.getUpgradeHandler() : undefined;
  return { listener: (incoming, outgoing) => handle(incoming, outgoing), upgrade, close: () => app.close() };
}
