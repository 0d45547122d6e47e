import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { seal, unseal } from "#lib/crypto/seal";

const prefix = "baton:enc:";
const server = `${prefix}s:`;
const own = `${prefix}k:`;

/** A key of its own for one run: throwing away its sealed form makes everything encrypted with it unreadable. */
export type DataKey = { key: Buffer; sealed: Buffer };

/** Makes a key. Store `sealed`; `key` lives in memory only. */
export function newDataKey(): DataKey {
  const key = randomBytes(32);
  return { key, sealed: seal(key.toString("base64")) };
}

/** The key in its stored form. Throws when it was altered, or sealed with another BATON_SECRET_KEY. */
export function openDataKey(sealed: Buffer): Buffer {
  return Buffer.from(unseal(sealed), "base64");
}

/**
 * A text as it is stored: encrypted with AES-256-GCM, with the run's own key when there is one, else with the server's.
 * Postgres takes it as a text.
 */
export function encryptText(text: string, key?: Buffer): string {
  if (!key) return server + seal(text).toString("base64");
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return own + Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString("base64");
}

/** Whether a stored text is encrypted; one from before encryption is as it was. */
export const isEncrypted = (stored: string) => stored.startsWith(prefix);

/** The text behind a stored one, which may be a plain one. Throws when it was altered, or `key` is missing or wrong. */
export function decryptText(stored: string, key?: Buffer): string {
  if (stored.startsWith(server)) return unseal(Buffer.from(stored.slice(server.length), "base64"));
  if (!stored.startsWith(own)) return stored;
  if (!key) throw new Error("The text is encrypted with a key of its own.");
  const bytes = Buffer.from(stored.slice(own.length), "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}
