import { systemTransaction } from "#lib/db/transaction";
import { founder, madeUpIds } from "#lib/demo/people";
import { deleteDemo, selectDemoIds } from "#lib/demo/queries";
import { objectStore } from "#lib/storage/store";

/**
 * Deletes the demo organization with everything in it, its stored packages and its made-up people; no other organization
 * can be deleted by it. Answers whether there was one.
 */
export function removeDemo(): Promise<boolean> {
  return systemTransaction(async (tx) => {
    const ids = await selectDemoIds(tx, founder.userId);
    const objectKeys = await deleteDemo(tx, ids, madeUpIds);
    // What this leaves behind has no row any more: the sweeper takes it.
    tx.afterCommit(async () => {
      if (objectKeys.length > 0) await (await objectStore()).delete(objectKeys);
    });
    return ids.length > 0;
  });
}
