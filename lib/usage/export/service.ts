import { type Context, systemContext } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { publicUrl } from "#lib/env";
import { notFound } from "#lib/errors";
import { fileOf, pageRowsMax } from "#lib/usage/export/file";
import { openGrant, signGrant } from "#lib/usage/export/link";
import { selectExportPage, selectOrganizationExists } from "#lib/usage/export/queries";
import type { CreatedExport, CreateExport } from "#lib/usage/export/schema";

const linkSeconds = 24 * 3600;

/** A signed link, valid for 24 hours, under which the organization's usage of a range of UTC days can be downloaded. */
export function createExport(ctx: Context, input: CreateExport, now = Date.now()): CreatedExport {
  const expiresAtSeconds = Math.floor(now / 1_000) + linkSeconds;
  const token = signGrant({ organizationId: ctx.organizationId, ...input, expiresAtSeconds });
  return {
    downloadUrl: `${publicUrl()}/api/usage/exports/${token}`,
    expiresAt: new Date(expiresAtSeconds * 1_000).toISOString(),
  };
}

export type ExportFile = { name: string; type: string; stream: ReadableStream<Uint8Array> };

/** The file behind a link. Throws `not_found` for a forged link or an organization that is gone, `forbidden` for an old one. */
export async function openExport(token: string): Promise<ExportFile> {
  const { organizationId, format, startDate: from, endDate: to } = openGrant(token);
  // The link acts for its organization and, by row-level security, for no other.
  const tx = tenant(systemContext(organizationId));
  if (!(await selectOrganizationExists(tx, organizationId))) throw notFound("Export");
  return {
    name: `usage-${from}-to-${to}.${format}`,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/json",
    stream: fileOf(format, (after) => selectExportPage(tx, organizationId, { from, to }, after, pageRowsMax)),
  };
}
