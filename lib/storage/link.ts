import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env, publicUrl } from "#lib/env";
import { forbidden, notFound } from "#lib/errors";

const Key = z.string().min(1).max(500);
const Grant = z.discriminatedUnion("action", [
  z.object({ action: z.literal("get"), key: Key, expiresAt: z.int(), fileName: z.string() }),
  z.object({ action: z.literal("put"), key: Key, expiresAt: z.int(), bytesMax: z.int(), isExact: z.boolean() }),
]);
type Grant = z.infer<typeof Grant>;
export type GrantOf<A extends Grant["action"]> = Extract<Grant, { action: A }>;
type Wanted<G> = G extends Grant ? Omit<G, "expiresAt"> & { seconds: number } : never;

/** A key for this purpose only, so that a signature made for another never opens an object. */
function signature(payload: string): Buffer {
  const key = hkdfSync("sha256", Buffer.from(env().BATON_SECRET_KEY, "base64"), "", "baton storage link", 32);
  return createHmac("sha256", Buffer.from(key)).update(payload).digest();
}

/** A link of our own to an object of the local folder: what may be done with it, until when, and a signature over that. */
export function linkUrl({ seconds, ...wanted }: Wanted<Grant>, now = Date.now()): string {
  const grant = { ...wanted, expiresAt: Math.floor(now / 1_000) + seconds };
  const payload = Buffer.from(JSON.stringify(grant)).toString("base64url");
  return `${publicUrl()}/api/storage/${payload}.${signature(payload).toString("base64url")}`;
}

/**
 * What the token of a link allows. Throws `not_found` for one that was not made here or is for something else, `forbidden`
 * for one whose time is over.
 */
export function openLink<A extends Grant["action"]>(token: string, action: A, now = Date.now()): GrantOf<A> {
  const [payload = "", signed = "", ...rest] = token.split(".");
  const [given, right] = [Buffer.from(signed, "base64url"), signature(payload)];
  // The text itself must be the canonical one: base64url has several spellings of the same bytes.
  const isCanonical = rest.length === 0 && given.toString("base64url") === signed;
  if (!isCanonical || given.length !== right.length || !timingSafeEqual(given, right)) throw notFound("Object");
  const grant = Grant.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (grant.action !== action) throw notFound("Object");
  if (grant.expiresAt * 1_000 <= now) throw forbidden("This link has expired. Ask for a new one.", "LINK_EXPIRED");
  return grant as GrantOf<A>;
}
