import type { Context } from "#lib/context";
import { system, type Tx, tenant, transaction } from "#lib/db/transaction";
import { numberEvents, selectEvents, selectEventsAfter, selectLastNumber, selectUnnumbered } from "#lib/events/queries";
import { type EventItem, type EventQuery, type Events, eventList } from "#lib/events/schema";
import { encodeCursor } from "#lib/list/cursor";
import { pageRows } from "#lib/list/page";
import { readList } from "#lib/list/query";
import { follow } from "#lib/realtime/feed";

const batchEvents = 2_000;
const batchesMax = 10;
const readEvents = 200;

/** Gives new events their numbers, so that what is read next is complete up to its last one. */
async function number(tx: Tx, organizationId: string): Promise<void> {
  for (let batches = 0; batches < batchesMax; batches++) {
    if ((await numberEvents(tx, organizationId, batchEvents)) < batchEvents) return;
  }
}

/** The events of all families, newest first (contract L1). */
export async function listEvents(ctx: Context, query: EventQuery): Promise<Events> {
  const list = readList(eventList, ctx.organizationId, query);
  await number(tenant(ctx), ctx.organizationId);
  const rows = await selectEvents(tenant(ctx), ctx.organizationId, list);
  const data = pageRows(list, rows);
  const hasMore = rows.length > list.limit;
  const last = data.at(-1);
  return { data, pagination: { cursor: hasMore && last ? encodeCursor(last.id) : null, has_more: hasMore } };
}

/** An event as a stream tells it: under its type, with its number as the id to go on behind. */
export type StreamedEvent = { id: number; event: string; data: EventItem };

/**
 * Follows the events of the organization that fit the filter: each once and in the order in which they became visible, also
 * those of transactions that took long. Begins behind `after`, or with what happens from this moment on; goes on until the
 * signal aborts.
 */
export async function followEvents(
  ctx: Context,
  query: EventQuery,
  after: number | undefined,
): Promise<(signal: AbortSignal) => AsyncGenerator<StreamedEvent>> {
  const { organizationId } = ctx;
  const { where } = readList(eventList, organizationId, query);
  await number(tenant(ctx), organizationId);
  let looked = after ?? (await selectLastNumber(tenant(ctx), organizationId));
  const start = looked;
  const read = (seen: number) =>
    transaction(ctx, async (tx) => {
      await number(tx, organizationId);
      const last = await selectLastNumber(tx, organizationId);
      const events = await selectEventsAfter(tx, organizationId, Math.max(seen, looked), where, readEvents);
      // What does not fit the filter is looked at once.
      if (events.length < readEvents) looked = Math.max(looked, events.at(-1)?.id ?? 0, last);
      return events.map((event) => ({ ...event, sequence: event.id }));
    });
  const feed = { channel: "baton_events", id: organizationId, read, isLast: () => false, isOver: async () => false };
  return async function* (signal) {
    for await (const { sequence: id, ...event } of follow(feed, start, signal)) {
      yield { id, event: event.type, data: event };
    }
  };
}

/** Numbers what nobody has looked at, so that a first look has little to do. Answers of how many organizations. */
export async function numberAllEvents(): Promise<number> {
  const waiting = await selectUnnumbered(system, 500);
  for (const { organizationId } of waiting) await number(system, organizationId);
  return waiting.length;
}
