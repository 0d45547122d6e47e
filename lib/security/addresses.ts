import { BlockList, isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Range = { address: string; prefix: number; family: "ipv4" | "ipv6" };

/** An address or CIDR range in its plain family: `::ffff:203.0.113.0/120` is `203.0.113.0/24`. Nothing when it is none. */
export function parseRange(text: string): Range | undefined {
  const [address = "", length, ...rest] = text.trim().split("/");
  // Strict: no octal, hexadecimal or shortened forms, which programs read differently, and no zones.
  const version = address.includes("%") ? 0 : isIP(address);
  if (version === 0 || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return undefined;
  const bits = version === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : Number(length);
  if (prefix > bits) return undefined;
  if (version === 4) return { address, prefix, family: "ipv4" };
  const parsed = ipaddr.IPv6.parse(address);
  if (!parsed.isIPv4MappedAddress() || prefix < 96) return { address, prefix, family: "ipv6" };
  return { address: parsed.toIPv4Address().toString(), prefix: prefix - 96, family: "ipv4" };
}

/** The one spelling of an address under which requests are known, or nothing. */
export function normalAddress(text: string): string | undefined {
  const range = parseRange(text);
  if (!range || text.includes("/")) return undefined;
  return ipaddr.process(range.address).toString();
}

/** Whether an address, in the spelling of `clientAddress`, lies in one of the ranges. */
export type Ranges = { has(address: string): boolean };

/** Compiles ranges that `parseRange` accepts; others are left out. */
export function compileRanges(texts: readonly string[]): Ranges {
  const list = new BlockList();
  for (const text of texts) {
    const range = parseRange(text);
    if (range) list.addSubnet(range.address, range.prefix, range.family);
  }
  return { has: (address) => list.check(address, address.includes(":") ? "ipv6" : "ipv4") };
}
