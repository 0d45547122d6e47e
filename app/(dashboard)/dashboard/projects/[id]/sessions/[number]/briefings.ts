import type { Context } from "#lib/context";
import type { HandoffDetails } from "#lib/handoff/schema";
import { getHandoff, listHandoffs } from "#lib/handoff/service";
import type { WorkSession } from "#lib/work-sessions/schema";

export type StartBriefing = Pick<HandoffDetails, "id" | "kind" | "level" | "briefing" | "created_at">;

/**
 * What a session starts with: the newest briefing that was written of the project before it, and the newest rotation. Of
 * the last 50 hand-overs; older sessions show none.
 */
export async function readBriefings(ctx: Context, session: WorkSession): Promise<StartBriefing[]> {
  const { data } = await listHandoffs(ctx, { project_id: session.project_id });
  const earlier = data.filter(
    ({ created_at, session_number }) =>
      created_at <= session.started_at && (session_number ?? 0) < session.session_number,
  );
  const written = earlier.find(({ kind }) => kind !== "rotation");
  const rotation = earlier.find(({ kind }) => kind === "rotation");
  const wanted = [written, rotation].filter((one) => one !== undefined);
  const found = await Promise.all(wanted.map(({ id }) => getHandoff(ctx, id)));
  return found.map(({ data: { id, kind, level, briefing, created_at } }) => ({
    id,
    kind,
    level,
    briefing,
    created_at,
  }));
}
