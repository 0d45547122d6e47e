import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { isPublicAddress } from "#lib/http-out/address";
import { checkedAddresses } from "#lib/http-out/resolve";
import { arePrivateTargetsAllowed, OutgoingError } from "#lib/http-out/target";

/** Looks a host up and answers only with checked addresses, so that the connection goes to what was checked. */
const checkedLookup: LookupFunction = (host, options, callback) => {
  checkedAddresses({ url: new URL("http://checked.invalid"), host, isAddress: false }).then(
    (addresses) => {
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    },
    (error: Error) => callback(error, ""),
  );
};

/**
 * A connector for servers whose address a tenant chose: each new connection is made to a public address or not at all,
 * whatever the name meant before. The look-up is not called for addresses, so those are judged here.
 */
export function checkedConnector(timeoutMs: number): buildConnector.connector {
  const connect = buildConnector({ timeout: timeoutMs, lookup: checkedLookup });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !arePrivateTargetsAllowed() && !isPublicAddress(host)) {
      callback(new OutgoingError("refused_address", "The address is not on the public internet."), null);
      return;
    }
    connect(options, callback);
  };
}
