import { z } from "zod";
import { sql } from "#lib/db/sql";
import { type ListSpec, listParameters } from "#lib/list/spec";

export const EventItem = z
  .object({
    id: z.int(),
    type: z.string(),
    timestamp: z.iso.datetime(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Event" });
export type EventItem = z.infer<typeof EventItem>;

export const Events = z.object({
  data: z.array(EventItem),
  pagination: z.object({ cursor: z.string().nullable(), has_more: z.boolean() }),
});
export type Events = z.infer<typeof Events>;

export const eventList: ListSpec = {
  fields: {
    id: { type: "integer", column: sql`e.sequence` },
    type: { type: "text", column: sql`e.type` },
    timestamp: { type: "time", column: sql`e.created_at` },
    run_id: { type: "text", column: sql`(e.data ->> 'run_id')` },
    agent_id: { type: "text", column: sql`(e.data ->> 'agent_id')` },
  },
  sorts: ["id"],
  defaultSort: "-id",
  id: "id",
  created: "timestamp",
  shorthands: ["type", "agent_id", "run_id", "created_after", "created_before"],
  rows: (organizationId) => sql`from events e where e.organization_id = ${organizationId}`,
};

export const EventQuery = listParameters(eventList);
export type EventQuery = z.infer<typeof EventQuery>;
