import { flushAudit } from "#lib/audit/writer";
import { flushKeyUse } from "#lib/auth/key-use";
import { flushLedger } from "#lib/ledger/service";
import { flushRecords } from "#lib/runs/recorder";
import { flushCalls } from "#lib/usage/calls";

/** Writes what this process holds back to write in batches, before it ends or turns to another database. Never fails. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([flushRecords(), flushLedger(), flushKeyUse(), flushCalls(), flushAudit()]);
}
