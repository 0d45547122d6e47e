import { sql } from "#lib/db/sql";
import { systemTransaction } from "#lib/db/transaction";
import { founder, madeUpIds } from "#lib/demo/people";
import { objectStore } from "#lib/storage/store";

/**
 * Deletes the demo organization with everything in it, its stored packages and its made-up people; no other organization
 * can be deleted by it. Answers whether there was one.
 */
export function removeDemo(): Promise<boolean> {
  return systemTransaction(async (tx) => {
    // A start that was cut off before it could mark the organization left it to a founder whom nobody else can be.
    const found = await tx.all<{ id: string }>(sql`
      select id from organizations where demo_state is not null
      union
      select organization_id from members where user_id = ${founder.userId} and role = 'owner'`);
    const ids = found.map(({ id }) => id);
    const objects = await tx.all<{ objectKey: string }>(sql`
      select object_key from packages where organization_id = any (${ids}::uuid[])`);
    await tx.run(sql`delete from organizations where id = any (${ids}::uuid[])`);
    await tx.run(sql`delete from profiles where user_id = any (${[...madeUpIds]}::uuid[])`);
    // What this leaves behind has no row any more: the sweeper takes it.
    tx.afterCommit(async () => {
      if (objects.length > 0) await (await objectStore()).delete(objects.map(({ objectKey }) => objectKey));
    });
    return ids.length > 0;
  });
}
