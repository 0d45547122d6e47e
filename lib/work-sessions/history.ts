import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { selectSessionByNumber, selectSessionsFrom } from "#lib/work-sessions/queries";
import type { WorkSession } from "#lib/work-sessions/schema";
import { wireSession } from "#lib/work-sessions/service";

/** Sessions of a project with a number above `after`, by their number. */
export async function listSessionsAfter(
  ctx: Context,
  projectId: number,
  after: number,
  limit: number,
): Promise<WorkSession[]> {
  return (await selectSessionsFrom(tenant(ctx), ctx.organizationId, projectId, { after }, limit)).map(wireSession);
}

/** Sessions of a project with a number below `before`, the highest number first. */
export async function listSessionsBefore(
  ctx: Context,
  projectId: number,
  before: number,
  limit: number,
): Promise<WorkSession[]> {
  return (await selectSessionsFrom(tenant(ctx), ctx.organizationId, projectId, { before }, limit)).map(wireSession);
}

/** A project's session by its number. Throws `not_found`. */
export async function getSessionByNumber(ctx: Context, projectId: number, number: number): Promise<WorkSession> {
  const row = await selectSessionByNumber(tenant(ctx), ctx.organizationId, projectId, number);
  if (!row) throw notFound("Session");
  return wireSession(row);
}
