import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { follow } from "#lib/realtime/feed";
import { selectRunEvents } from "#lib/runs/queries";
import type { RunEvent } from "#lib/runs/schema";
import { getRun } from "#lib/runs/service";

const last = ["run.completed", "run.failed", "run.cancelled"];

type Followed = { id: number; event: string; data: Record<string, unknown> };

/** The events of a run after a number, as they are committed, until it has ended. Throws `not_found`. */
export async function streamRun(
  ctx: Context,
  runId: string,
  after: number,
): Promise<(signal: AbortSignal) => AsyncGenerator<Followed, void>> {
  const { status } = await getRun(ctx, runId);
  const feed = {
    channel: "baton_run_events",
    id: runId,
    read: (seen: number) => selectRunEvents(tenant(ctx), ctx, runId, seen),
    isLast: ({ type }: RunEvent) => last.includes(type),
    isOver: async () => status !== "queued" && status !== "running",
  };
  return async function* (signal) {
    for await (const { sequence, type, data, createdAt } of follow(feed, after, signal))
      yield { id: sequence, event: type, data: { ...data, timestamp: createdAt } };
  };
}
