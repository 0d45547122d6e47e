import ipaddr from "ipaddr.js";

/** Public by its number, but answers for the machine it is asked from: Azure's platform address. */
const platformAddresses = new Set(["168.63.129.16"]);
const globalUnicast = ipaddr.IPv6.parse("2000::");

/**
 * Whether an address belongs to the public internet: unicast, and no form in which another address is hidden
 * (IPv4-mapped, NAT64, 6to4, Teredo). Everything that is not known to be public is not.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || platformAddresses.has(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  if (address.kind() === "ipv4") return true;
  return (address as ipaddr.IPv6).match(globalUnicast, 3);
}

/** Whether an address can only be reached from this machine or its own network. */
export function isPrivateAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  return ["loopback", "private", "uniqueLocal", "linkLocal"].includes(ipaddr.process(text).range());
}
