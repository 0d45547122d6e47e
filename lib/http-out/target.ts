import { isIP } from "node:net";
import { env } from "#lib/env";

/** Why a request to somebody else's server was not made, or got no answer. The message is fit for the server's owner. */
export class OutgoingError extends Error {
  readonly code: "refused_address" | "unresolvable" | "timeout" | "connection";
  constructor(code: OutgoingError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutgoingError";
    this.code = code;
  }
}

const refused = (message: string) => new OutgoingError("refused_address", message);

const charactersMax = 2_048;
/** Below 1024 live services that must not be talked to by accident: mail, name servers, remote shells. */
const lowPorts = new Set(["", "80", "443"]);
const localNames = /(^|\.)(localhost|local|internal|localdomain|home\.arpa)$/;

export type Target = {
  url: URL;
  /** Without the brackets of IPv6. */
  host: string;
  /** The host is an address already: nothing will be looked up for it. */
  isAddress: boolean;
};

/** Whether requests may go to private addresses: for development and tests (WEBHOOK_ALLOW_PRIVATE). */
export function arePrivateTargetsAllowed(): boolean {
  return env().WEBHOOK_ALLOW_PRIVATE;
}

/**
 * Reads the URL of somebody else's server. Throws an OutgoingError for anything but plain http(s) to a plain host: no
 * credentials in it, no disguised notation of an address, no service port, no name that is local by definition.
 */
export function parseTarget(text: string, allowPrivate = arePrivateTargetsAllowed()): Target {
  if (text.length > charactersMax) throw refused(`The URL has more than ${charactersMax} characters.`);
  const url = URL.parse(text);
  if (!url || !["http:", "https:"].includes(url.protocol))
    throw refused("The URL must start with http:// or https://.");
  if (url.username || url.password) throw refused("The URL must not contain a user name or password.");
  const written = /^https?:\/\/(\[[^\]]*\]|[^/?#:]*)/i.exec(text)?.[1]?.toLowerCase();
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (written === undefined || host === "" || host.endsWith(".") || written.endsWith("."))
    throw refused("The URL must contain a plain host name, without a dot at its end.");
  const family = isIP(host);
  // 2130706433, 0x7f.1 and 0177.0.0.1 are 127.0.0.1 to a URL parser: only the usual notation is taken.
  if (family === 4 && written !== host) throw refused("Write the address in the URL as four decimal numbers.");
  if (!allowPrivate) {
    if (!lowPorts.has(url.port) && Number(url.port) < 1_024)
      throw refused(`Port ${url.port} is not allowed; use 80, 443, or one from 1024.`);
    if (localNames.test(host)) throw refused("The host name is local to a machine or network; use a public one.");
  }
  return { url, host, isAddress: family !== 0 };
}
