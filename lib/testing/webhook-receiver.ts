import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type ReceivedHook = { path: string; headers: IncomingHttpHeaders; body: string; receivedAtMs: number };

/** How the receiver answers; `hang` never does, `flood` sends a body without end, `cut` drops the connection. */
export type HookAnswer =
  | { type: "status"; status: number; body?: string; headers?: Record<string, string> }
  | { type: "hang" }
  | { type: "flood" }
  | { type: "cut" };

export type WebhookReceiver = {
  url: string;
  port: number;
  received: ReceivedHook[];
  /** From now on every request is answered so. */
  answerWith(answer: HookAnswer): void;
  close(): Promise<void>;
};

/** A server of somebody who takes web hooks, on a port of its own: 204 to everything until told otherwise. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedHook[] = [];
  let answer: HookAnswer = { type: "status", status: 204 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url: path = "/", headers } = request;
    received.push({ path, headers, body: Buffer.concat(chunks).toString("utf8"), receivedAtMs: Date.now() });
    if (answer.type === "status") response.writeHead(answer.status, answer.headers).end(answer.body);
    else if (answer.type === "cut") request.socket.destroy();
    else if (answer.type === "flood") {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
      };
      response.on("drain", pour);
      pour();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    answerWith: (next) => {
      answer = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
