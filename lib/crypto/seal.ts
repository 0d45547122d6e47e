import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { env } from "#lib/env";

const ivBytes = 12;
const tagBytes = 16;

const key = () => Buffer.from(env().BATON_SECRET_KEY, "base64");

/** Encrypts a secret for storage: AES-256-GCM with BATON_SECRET_KEY, as iv, tag and ciphertext in one. */
export function seal(secret: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv("aes-256-gcm", key(), iv);
  const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]);
}

/** The secret in a sealed value. Throws when the value was altered or sealed with another key. */
export function unseal(sealed: Buffer): string {
  const decipher = createDecipheriv("aes-256-gcm", key(), sealed.subarray(0, ivBytes));
  decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]).toString("utf8");
}
