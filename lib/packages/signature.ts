import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { invalid } from "#lib/errors";
import type { SpooledFile } from "#lib/storage/spool";

/** Bytes that a signature may have in whatever form it is sent. */
export const signatureBytesMax = 1_024;
const ed25519Bytes = 64;
/** What comes before the 32 bytes of an Ed25519 key in its DER form (RFC 8410). */
const derPrefix = Buffer.from("302a300506032b6570032100", "hex");

function ed25519(given: string): KeyObject | undefined {
  try {
    if (given.includes("-----BEGIN")) return createPublicKey(given);
    const raw = Buffer.from(given.trim(), "base64");
    if (raw.length !== 32) return undefined;
    return createPublicKey({ key: Buffer.concat([derPrefix, raw]), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** An Ed25519 public key given as PEM or as base64, as its 32 bytes in base64. Throws `validation`. */
export function readPublicKey(given: string): string {
  const key = given.includes("PRIVATE KEY") ? undefined : ed25519(given);
  if (key?.asymmetricKeyType !== "ed25519") {
    const message = "Must be an Ed25519 public key: PEM, or its 32 bytes in base64";
    throw invalid([{ field: "public_key", message }]);
  }
  return key.export({ format: "der", type: "spki" }).subarray(derPrefix.length).toString("base64");
}

/** The bytes a signature may mean: as they are, hex, or base64 (with either alphabet). */
function readings(signature: Buffer): Buffer[] {
  const text = signature.toString("latin1").trim();
  const hex = /^(sha256=)?([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text.replace(/^sha256=/i, ""), "hex") : undefined;
  const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
  return [signature, hex, base64].filter((bytes) => bytes !== undefined);
}

async function hmacOf(path: string, secret: string): Promise<Buffer> {
  const hmac = createHmac("sha256", secret);
  for await (const chunk of createReadStream(path)) hmac.update(chunk);
  return hmac.digest();
}

export type SignatureKeys = { secret: string | undefined; publicKey: string | null };

/**
 * Whether a detached signature belongs to a file: HMAC-SHA256 of its bytes with the secret, or Ed25519 with the public key
 * over the 32 bytes of its SHA-256, so that no file must be held in memory. Either may be raw, hex or base64.
 */
export async function isSignedBy(
  file: SpooledFile,
  signature: Buffer,
  { secret, publicKey }: SignatureKeys,
): Promise<boolean> {
  const candidates = readings(signature);
  if (secret) {
    const right = await hmacOf(file.path, secret);
    if (candidates.some((given) => given.length === right.length && timingSafeEqual(given, right))) return true;
  }
  const key = publicKey ? ed25519(publicKey) : undefined;
  if (!key) return false;
  return candidates.some((given) => given.length === ed25519Bytes && verify(null, file.sha256, key, given));
}
