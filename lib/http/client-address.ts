import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";
import { env } from "#lib/env";
import { singleton } from "#lib/singleton";

const peers = singleton("http.peers", () => new WeakMap<Request, string>());

/** Notes the socket's peer of a request. Only the process that owns the socket can: no header can claim it. */
export function notePeer(request: Request, address: string | undefined): void {
  if (address) peers.set(request, address);
}

// Few peers make most requests, and parsing an address costs more than the rest of finding it.
const known = singleton("http.addresses", () => new LRUCache<string, { text: string | null }>({ max: 1_000 }));

function normal(address: string): string | null {
  const hit = known.get(address);
  if (hit) return hit.text;
  const text = parse(address);
  if (address.length <= 64) known.set(address, { text });
  return text;
}

function parse(address: string): string | null {
  // Without brackets, port, or the zone of a link-local address (fe80::1%eth0), which Postgres' inet does not know.
  const bare = address.trim().replace(/^\[|\](:\d+)?$|%[^\]]*|(?<=^\d+\.\d+\.\d+\.\d+):\d+$/g, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}

/**
 * The caller's address: the socket's peer, or with TRUSTED_PROXY=n the n-th last entry of X-Forwarded-For, the one that
 * the outermost trusted proxy wrote. Entries before it come from the caller and are worth nothing.
 */
export function clientAddress(request: Request): string | null {
  const hops = env().TRUSTED_PROXY;
  if (hops > 0) {
    const entries = (request.headers.get("x-forwarded-for") ?? "").split(",");
    const written = entries.at(-hops);
    const address = written ? normal(written) : null;
    if (address) return address;
  }
  return normal(peers.get(request) ?? "");
}
