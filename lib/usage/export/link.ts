import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "#lib/env";
import { forbidden, notFound } from "#lib/errors";
import { ExportFormat } from "#lib/usage/export/schema";

/** What a link opens: an organization's usage of a range of UTC days, until a time in Unix seconds. */
export type ExportGrant = {
  organizationId: string;
  format: ExportFormat;
  startDate: string;
  endDate: string;
  expiresAtSeconds: number;
};

const Payload = z.tuple([z.uuid(), ExportFormat, z.iso.date(), z.iso.date(), z.int()]);

/** A key for this purpose only, so that a signature made for another never opens an export. */
function signature(payload: string): Buffer {
  const key = hkdfSync("sha256", Buffer.from(env().BATON_SECRET_KEY, "base64"), "", "baton usage export link", 32);
  return createHmac("sha256", Buffer.from(key)).update(payload).digest();
}

/** The token of a link: what it opens, and a signature over that. */
export function signGrant({ organizationId, format, startDate, endDate, expiresAtSeconds }: ExportGrant): string {
  const fields: z.infer<typeof Payload> = [organizationId, format, startDate, endDate, expiresAtSeconds];
  const payload = Buffer.from(JSON.stringify(fields)).toString("base64url");
  return `${payload}.${signature(payload).toString("base64url")}`;
}

/** What a token opens. Throws `not_found` for a token that was not made here, `forbidden` for one whose time is over. */
export function openGrant(token: string, now = Date.now()): ExportGrant {
  const [payload = "", signed = "", ...rest] = token.split(".");
  const [given, right] = [Buffer.from(signed, "base64url"), signature(payload)];
  // The text itself must be the canonical one: base64url has several spellings of the same bytes.
  const isCanonical = rest.length === 0 && given.toString("base64url") === signed;
  if (!isCanonical || given.length !== right.length || !timingSafeEqual(given, right)) throw notFound("Export");
  const [organizationId, format, startDate, endDate, expiresAtSeconds] = Payload.parse(
    JSON.parse(Buffer.from(payload, "base64url").toString("utf8")),
  );
  if (expiresAtSeconds * 1_000 <= now)
    throw forbidden("This link has expired. Make a new one with POST /api/usage/export.", "LINK_EXPIRED");
  return { organizationId, format, startDate, endDate, expiresAtSeconds };
}
