import type { LookupFunction } from "node:net";
import { Client, type Dispatcher } from "undici";
import { type Address, checkedAddresses, type Resolve, systemResolve } from "#lib/http-out/resolve";
import { arePrivateTargetsAllowed, OutgoingError, parseTarget } from "#lib/http-out/target";

export type OutgoingRequest = {
  url: string;
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  headers: Record<string, string>;
  body?: string;
  /** For everything together: looking the name up, connecting, sending, and the whole answer. */
  timeoutMs: number;
  /** What is kept of the answer's body; the rest is not read. */
  bodyBytesMax: number;
  signal?: AbortSignal;
  resolve?: Resolve;
  allowPrivate?: boolean;
};

export type OutgoingAnswer = {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The answer's body was longer than what is kept. */
  isCut: boolean;
};

/** Answers every look-up of the connection with what was checked: the name cannot mean something else by then. */
function pinned(addresses: Address[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family);
  };
}

function flat(headers: Dispatcher.ResponseData["headers"]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")]));
}

async function readBody(body: Dispatcher.ResponseData["body"], bytesMax: number): Promise<[Buffer, boolean]> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > bytesMax) break;
  }
  return [Buffer.concat(chunks).subarray(0, bytesMax), bytes > bytesMax];
}

async function exchange(request: OutgoingRequest, signal: AbortSignal): Promise<OutgoingAnswer> {
  const { method, headers, body, bodyBytesMax } = request;
  const allowPrivate = request.allowPrivate ?? arePrivateTargetsAllowed();
  const target = parseTarget(request.url, allowPrivate);
  const addresses = await checkedAddresses(target, request.resolve ?? systemResolve, allowPrivate);
  signal.throwIfAborted();
  // A connection of its own for each request: one that is kept would outlive its check.
  const client = new Client(target.url.origin, {
    connect: { lookup: pinned(addresses), timeout: request.timeoutMs },
    pipelining: 0,
  });
  try {
    const path = target.url.pathname + target.url.search;
    const answer = await client.request({ path, method, headers, body: body ?? null, signal });
    const [kept, isCut] = await readBody(answer.body, bodyBytesMax);
    return { status: answer.statusCode, headers: flat(answer.headers), body: kept, isCut };
  } finally {
    client.destroy().catch(() => undefined);
  }
}

function explained(error: unknown, isLate: boolean, timeoutMs: number): unknown {
  if (error instanceof OutgoingError) return error;
  if (isLate) return new OutgoingError("timeout", `There was no complete answer within ${timeoutMs / 1_000} s.`);
  const { code } = error as { code?: string };
  const message = `The connection failed${code ? ` (${code})` : ""}.`;
  return new OutgoingError("connection", message, { cause: error });
}

/**
 * Calls somebody else's server at a URL that a tenant chose. The host is looked up once, every address checked, and the
 * connection made to a checked address; redirects are answers like any other and never followed. Throws an OutgoingError
 * when there is no answer, or `signal`'s reason.
 */
export async function sendOut(request: OutgoingRequest): Promise<OutgoingAnswer> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(new Error("too late")), request.timeoutMs);
  const signal = AbortSignal.any([late.signal, ...(request.signal ? [request.signal] : [])]);
  try {
    return await exchange(request, signal);
  } catch (error) {
    request.signal?.throwIfAborted();
    throw explained(error, late.signal.aborted, request.timeoutMs);
  } finally {
    clearTimeout(timer);
  }
}
