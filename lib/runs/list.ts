import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import type { Page } from "#lib/page";
import { type RunOrigin, selectFilteredRuns, selectRunOrigin, selectRunsOfSession } from "#lib/runs/list-queries";
import type { RunFilter } from "#lib/runs/list-schema";
import type { Run } from "#lib/runs/schema";

/** A part of the organization's runs that match, and whether more follow. */
export async function listFilteredRuns(
  ctx: Context,
  filter: RunFilter,
  { limit, offset }: Page,
): Promise<{ items: Run[]; hasNext: boolean }> {
  const rows = await selectFilteredRuns(tenant(ctx), ctx, filter, { limit: limit + 1, offset });
  return { items: rows.slice(0, limit), hasNext: rows.length > limit };
}

/** The app, session, key and person that a run belongs to. Throws `not_found`. */
export async function getRunOrigin(ctx: Context, runId: string): Promise<RunOrigin> {
  const origin = isUuid(runId) ? await selectRunOrigin(tenant(ctx), ctx, runId) : undefined;
  if (!origin) throw notFound("Run");
  return origin;
}

/** The run of each orchestration of a session, by the orchestration's id; of the newest 200. */
export async function mapRunsOfSession(ctx: Context, sessionId: string): Promise<Map<string, string>> {
  const rows = await selectRunsOfSession(tenant(ctx), ctx, sessionId);
  return new Map(rows.map(({ id, runId }) => [id, runId]));
}
