import ipaddr from "ipaddr.js";
import { LRUCache } from "lru-cache";
import { env } from "#lib/env";
import { singleton } from "#lib/singleton";

const peers = singleton("http.peers", () => new WeakMap<Request, string>());

/** Notes the socket's peer of a request. Only the process that owns the socket can: no header can claim it. */
export function notePeer(request: Request, address: string | undefined): void {
  if (address) peers.set(request, address);
}

/** A request that was made from another one comes from the same peer. */
export function keepPeer(from: Request, to: Request): void {
  notePeer(to, peers.get(from));
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
  return addressFrom(request.headers.get("x-forwarded-for"), peers.get(request));
}

/** The same from the header and the peer, where there is no `Request`. */
export function addressFrom(forwardedFor: string | null, peer: string | undefined): string | null {
  const hops = env().TRUSTED_PROXY;
  if (hops > 0) {
    const written = (forwardedFor ?? "").split(",").at(-hops);
    const address = written ? normal(written) : null;
    if (address) return address;
  }
  return normal(peer ?? "");
}

/** Where pages read the caller's address, which they cannot see themselves. */
export const addressHeader = "x-baton-address";

const pageAddresses = singleton("http.page-addresses", () => ({ areNoted: false }));

/** Writes the caller's address down for a page, over whatever the caller claims. For the process that owns the socket. */
export function noteAddress(headers: Record<string, string | string[] | undefined>, peer: string | undefined): void {
  pageAddresses.areNoted = true;
  const forwardedFor = headers["x-forwarded-for"];
  headers[addressHeader] = addressFrom(String(forwardedFor ?? "") || null, peer) ?? "";
}

/** The caller's address as a page sees it: noted by this process, or on hosts without one what a trusted proxy wrote. */
export function addressOfPage(headers: Headers): string | null {
  if (pageAddresses.areNoted) return headers.get(addressHeader) || null;
  return addressFrom(headers.get("x-forwarded-for"), undefined);
}
