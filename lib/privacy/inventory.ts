import { selectSettings } from "#lib/audit/queries";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { tenant } from "#lib/db/transaction";
import { countRows, dataTables } from "#lib/privacy/catalogue";
import { selectPrivacy } from "#lib/privacy/queries";
import type { Inventory } from "#lib/privacy/schema";

/** What is kept of the organization, how much of it, and for how long (contract +A5). */
export async function getInventory(ctx: Context): Promise<Inventory> {
  const { organizationId } = ctx;
  const tx = tenant(ctx);
  const categories: Inventory["categories"] = [];
  for (const table of await dataTables()) {
    const records = await countRows(tx, organizationId, table);
    categories.push({ name: table.name, description: table.description, records });
  }
  const privacy = await selectPrivacy(tx, organizationId);
  const audit = await selectSettings(tx, organizationId);
  const { keys } = await tx.one<{ keys: number }>(sql`
    select count(*) as keys from run_privacy where organization_id = ${organizationId} and sealed_key is not null`);
  return {
    success: true,
    generated_at: new Date().toISOString(),
    categories,
    retention: { content_days: privacy.retentionDays, audit_days: audit.retention_days },
    encryption: { algorithm: "AES-256-GCM", runs_with_own_key: keys },
    opt_out: { training: privacy.trainingOptOut, analytics: privacy.analyticsOptOut },
  };
}
