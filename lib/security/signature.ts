import { createHmac, timingSafeEqual } from "node:crypto";
import { unseal } from "#lib/crypto/seal";
import { insertUsedSignature } from "#lib/security/queries";

const windowMs = 5 * 60_000;
const stamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/;

/** What was signed. `path` is the path as requested, with its query; `body` the exact bytes sent. */
export type SignedRequest = {
  keyId: string;
  sealedSecret: Buffer | null;
  timestamp: string | null;
  signature: string | null;
  method: string;
  path: string;
};

/** UTC, with or without a zone, in Unix milliseconds. */
function timeOf(text: string): number {
  if (!stamp.test(text)) return Number.NaN;
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/**
 * Begins the check of a signature: refuses what is wrong whatever the body is, else answers a digest to be fed with the
 * body's bytes. Nothing when the request cannot be right: no secret, no signature, a time stamp more than five minutes off.
 */
export function beginSignature(request: SignedRequest, now = Date.now()) {
  const { sealedSecret, timestamp, signature, method, path, keyId } = request;
  if (!sealedSecret || timestamp === null || signature === null || !/^[0-9a-f]{64}$/i.test(signature)) return undefined;
  const time = timeOf(timestamp);
  if (!(Math.abs(now - time) <= windowMs)) return undefined;
  const given = Buffer.from(signature, "hex");
  const hmac = createHmac("sha256", unseal(sealedSecret)).update(`${timestamp}\n${method}\n${path}\n`);
  return {
    update: (bytes: Uint8Array) => void hmac.update(bytes),
    /** Whether the signature is right and was not used before; it is used up then. */
    isFresh: async (): Promise<boolean> => {
      if (!timingSafeEqual(hmac.digest(), given)) return false;
      return (await insertUsedSignature(keyId, given, new Date(time + 2 * windowMs))) === 1;
    },
  };
}
