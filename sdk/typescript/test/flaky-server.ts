import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string; atMs: number };
type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that answers each request with the next of its answers, and the last one from then on. */
export async function startFlakyServer(...answers: Answer[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: path = "", headers } = request;
    const answer = answers[Math.min(received.length, answers.length - 1)];
    received.push({ method, path, headers, body: Buffer.concat(chunks).toString("utf8"), atMs: performance.now() });
    answer?.(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${port}`, received, close, [Symbol.asyncDispose]: close };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

/** Drops the connection without an answer. */
export const cut: Answer = (_response, request) => request.socket.destroy();

/** Sends events, then ends the stream, or drops the connection. */
export const events =
  (text: string, ending: "end" | "cut" = "end"): Answer =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(text, () => setTimeout(() => (ending === "end" ? response.end() : response.destroy()), 20));
  };

/** Waiting that takes no time, and tells how long it would have been. */
export function noWaiting() {
  const waitedMs: number[] = [];
  const sleep = async (ms: number) => {
    waitedMs.push(ms);
  };
  return { waitedMs, sleep, random: () => 0 };
}
