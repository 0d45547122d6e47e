import type { IncomingMessage, ServerResponse } from "node:http";
import next from "next";

export type Pages = {
  listener: (incoming: IncomingMessage, outgoing: ServerResponse) => unknown;
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
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return { listener: (incoming, outgoing) => handle(incoming, outgoing), close: () => app.close() };
}
