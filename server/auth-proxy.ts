import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";

/**
 * Passes `/auth/v1/*` on to the embedded auth service, which listens on loopback only: the links in its mails point at
 * this instance's own address.
 */
export function createAuthProxy(authUrl: string): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const { hostname, port } = new URL(authUrl);
  return (incoming, outgoing) => {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const upstream = request({ hostname, port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, outgoing, () => undefined);
    });
    upstream.on("error", () => {
      if (outgoing.headersSent) return outgoing.destroy();
      outgoing.writeHead(503, { "content-type": "application/json" });
      return outgoing.end(JSON.stringify({ code: "unavailable", message: "The sign-in service does not answer." }));
    });
    pipeline(incoming, upstream, () => undefined);
  };
}
