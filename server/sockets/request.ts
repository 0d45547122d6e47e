import type { IncomingMessage } from "node:http";
import { malformed } from "#lib/errors";
import { notePeer } from "#lib/http/client-address";
import { withToken } from "#lib/sockets/admission";

/** Of the connection, not of the request. */
const hopHeaders = /^(connection|upgrade|sec-websocket-.*|content-length|transfer-encoding)$/i;

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < incoming.rawHeaders.length; index += 2) {
    const [name = "", value = ""] = incoming.rawHeaders.slice(index, index + 2);
    if (!hopHeaders.test(name)) headers.append(name, value);
  }
  return headers;
}

/** An upgrade as a request, without its query: that may hold a token, which no log is to see. Throws `malformed`. */
export function requestOf(incoming: IncomingMessage): Request {
  const [path = "/"] = (incoming.url ?? "/").split("?");
  try {
    const request = new Request(`http://localhost${path}`, { headers: headersOf(incoming) });
    notePeer(request, incoming.socket.remoteAddress);
    return request;
  } catch {
    throw malformed("The request cannot be read.");
  }
}

export function queryOf({ url = "/" }: IncomingMessage): URLSearchParams {
  const start = url.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : url.slice(start));
}

/** The request with the token of its query as the Authorization header, unless it has one. Throws `unauthorized`. */
export function withQueryToken(request: Request, query: URLSearchParams, incoming: IncomingMessage): Request {
  const token = query.get("token");
  if (token === null || request.headers.has("authorization")) return request;
  const made = withToken(request, token);
  notePeer(made, incoming.socket.remoteAddress);
  return made;
}
