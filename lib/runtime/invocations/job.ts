import { z } from "zod";
import { type Context, systemContext } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { unlessMissing } from "#lib/errors";
import { log } from "#lib/log";
import { requirePackage } from "#lib/packages/service";
import { findCeiling } from "#lib/pricing/realised/service";
import { defineQueue } from "#lib/queue/queue";
import { beginRun, failRun, getRun } from "#lib/runs/service";
import { carryOut, refundInvocation } from "#lib/runtime/invocations/carry-out";
import { selectInvocation } from "#lib/runtime/invocations/queries";

type Asked = { apiKeyId: string | null; userId: string | null; requestId: string };

/** Whoever asked for a call is who its usage belongs to. */
function contextOf(organizationId: string, { apiKeyId, userId, requestId }: Asked): Context {
  const ctx = systemContext(organizationId, requestId);
  if (apiKeyId) return { ...ctx, actor: { type: "apiKey", keyId: apiKeyId, userId, scopes: [] } };
  return userId ? { ...ctx, actor: { type: "user", userId, email: "", role: "member", scopes: [] } } : ctx;
}

/** One call that waits. A run that another worker began is not begun again: when that one died, upkeep gives the credits back. */
async function work(organizationId: string, appId: string, runId: string, signal: AbortSignal): Promise<void> {
  const asker = systemContext(organizationId);
  const row = await selectInvocation(tenant(asker), asker, appId, runId);
  if (row?.status !== "queued") return;
  const run = await getRun(asker, runId);
  const ctx = contextOf(organizationId, run);
  const pkg = await unlessMissing(requirePackage(tenant(ctx), ctx, appId, row.packageId));
  const ceiling = await findCeiling(tenant(ctx), ctx, runId);
  if (!(await beginRun(ctx, runId))) return;
  if (pkg) {
    await carryOut(ctx, { runId, row: pkg, input: run.input, ceiling }, signal).catch((err: unknown) =>
      log.info({ err, runId }, "a queued call failed"),
    );
    return;
  }
  const errorMessage = "The package of this call was deleted before it ran.";
  await failRun(ctx, runId, { status: "failed", errorCode: "package_deleted", errorMessage });
  await refundInvocation(ctx, runId);
}

export const invocationQueue = defineQueue({
  name: "invocations.run",
  data: z.object({ organizationId: z.uuid(), appId: z.uuid(), runId: z.uuid() }),
  concurrency: 8,
  expireSeconds: 300,
  handler: ({ organizationId, appId, runId }, { signal }) => work(organizationId, appId, runId, signal),
});
