import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

/** Stores what a package was found to be; the same again when the step is repeated. */
export function updatePackageMetadata(tx: Tx, ctx: Context, id: string, metadata: object): Promise<number> {
  return tx.run(sql`
    update packages set metadata = ${JSON.stringify(metadata)}
    where organization_id = ${ctx.organizationId} and id = ${id}`);
}
