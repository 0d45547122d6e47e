import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { type DeploymentEvent, selectDeploymentRow, selectEvents } from "#lib/deployments/queries";
import { notFound } from "#lib/errors";
import { isUuid } from "#lib/id";
import { follow } from "#lib/realtime/feed";

const last = ["deployment.completed", "deployment.failed"];
const ended = ["completed", "failed", "cancelled"];

/** What a follower reads: the number to go on from, the event's name, and what it says. */
export type Followed = { id: number; event: string; data: Record<string, unknown> };

const shown = ({ sequence, type, data, createdAt }: DeploymentEvent): Followed => ({
  id: sequence,
  event: type,
  data: { ...data, timestamp: createdAt },
});

/** The events of a deployment after a number, as they happen, until it has ended. Throws `not_found`. */
export async function followDeployment(
  ctx: Context,
  id: string,
  after: number,
): Promise<(signal: AbortSignal) => AsyncGenerator<Followed, void>> {
  const found = isUuid(id) ? await selectDeploymentRow(tenant(ctx), ctx, id) : undefined;
  if (!found) throw notFound("Deployment");
  const feed = {
    channel: "baton_deployment_events",
    id,
    read: (seen: number) => selectEvents(tenant(ctx), ctx, id, seen),
    isLast: ({ type }: DeploymentEvent) => last.includes(type),
    isOver: async () => ended.includes(found.status),
  };
  return async function* (signal) {
    for await (const event of follow(feed, after, signal)) yield shown(event);
  };
}
