import { lookup, Resolver } from "node:dns/promises";
import { isPublicAddress } from "#lib/http-out/address";
import { arePrivateTargetsAllowed, OutgoingError, type Target } from "#lib/http-out/target";

export type Address = { address: string; family: number };
/** All addresses of a host name; throws when it has none. */
export type Resolve = (host: string) => Promise<Address[]>;

const queryTimeoutMs = 2_000;

/**
 * Asks name servers (the system's unless said) for IPv4 and IPv6. Not getaddrinfo: it would hold one of the process's few
 * file-system threads for as long as a stranger's name server likes.
 */
export function askNameServers(servers?: string[]): Resolve {
  return async (host) => {
    const resolver = new Resolver({ timeout: queryTimeoutMs, tries: 2 });
    if (servers) resolver.setServers(servers);
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    if (four.status === "rejected" && six.status === "rejected") throw four.reason;
    return [
      ...(four.status === "fulfilled" ? four.value.map((address) => ({ address, family: 4 })) : []),
      ...(six.status === "fulfilled" ? six.value.map((address) => ({ address, family: 6 })) : []),
    ];
  };
}

/** The name servers' answer; where private targets are allowed, the machine's own (its hosts file, local names). */
export const systemResolve: Resolve = (host) =>
  arePrivateTargetsAllowed() ? lookup(host, { all: true, verbatim: true }) : askNameServers()(host);

async function addressesOf({ host, isAddress }: Target, resolve: Resolve): Promise<Address[]> {
  if (isAddress) return [{ address: host, family: host.includes(":") ? 6 : 4 }];
  const found = await resolve(host).catch((cause: unknown) => {
    throw new OutgoingError("unresolvable", `The host name ${host} could not be resolved.`, { cause });
  });
  if (found.length === 0) throw new OutgoingError("unresolvable", `The host name ${host} has no address.`);
  return found;
}

/**
 * The addresses to connect to, each checked; the connection must be made to one of these and nothing else. One address
 * that is not public refuses them all. Throws an OutgoingError.
 */
export async function checkedAddresses(
  target: Target,
  resolve: Resolve = systemResolve,
  allowPrivate = arePrivateTargetsAllowed(),
): Promise<Address[]> {
  const addresses = await addressesOf(target, resolve);
  if (!allowPrivate && addresses.some(({ address }) => !isPublicAddress(address))) {
    const message = "The host is not on the public internet (a loopback, private, link-local or reserved address).";
    throw new OutgoingError("refused_address", message);
  }
  return addresses;
}
