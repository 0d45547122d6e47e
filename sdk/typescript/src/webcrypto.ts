const nodeModule = "node:crypto";

let found: Promise<Crypto> | undefined;

/** WebCrypto of the platform. Node 18 has it, but not as a global; everything newer, browsers and edge functions do. */
export function webCrypto(): Promise<Crypto> {
  found ??= globalThis.crypto
    ? Promise.resolve(globalThis.crypto)
    : import(/* webpackIgnore: true */ /* @vite-ignore */ nodeModule).then(({ webcrypto }) => webcrypto);
  return found;
}

const encoder = new TextEncoder();

export const bytesOfText = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** HMAC-SHA-256. */
export async function hmacSha256(key: Uint8Array<ArrayBuffer>, content: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { subtle } = await webCrypto();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, content));
}

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A random UUID. */
export async function randomUuid(): Promise<string> {
  const crypto = await webCrypto();
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  // Pages that are not served over HTTPS lack randomUUID.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = hexOf(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
