import { createHash, randomBytes } from "node:crypto";

const pattern = /^[0-9a-f]{24}$/;

/** Whether a text is an id of this family: 24 lower-case hex characters. */
export function isOid(text: string): boolean {
  return pattern.test(text);
}

/** A new id: four bytes of time, so that new rows land at the end of their index, and eight random ones. */
export function newOid(now = Date.now()): string {
  const seconds = Math.floor(now / 1_000) % 2 ** 32;
  return seconds.toString(16).padStart(8, "0") + randomBytes(8).toString("hex");
}

/** The same id for the same name on every instance, for what has no row of its own. */
export function derivedOid(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 24);
}
