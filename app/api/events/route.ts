import { EventQuery, Events } from "#lib/events/schema";
import { followEvents, listEvents } from "#lib/events/service";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { eventStream, prefersEvents, sentEventId } from "#lib/http/event-stream";
import { notAllowed } from "#lib/http/not-allowed";
import { eventsOf } from "#lib/http/openapi-answers";

export const GET = endpoint({
  operationId: "listEvents",
  summary: "The events of all families, newest first; with Accept: text/event-stream as they happen",
  description:
    "As a stream it begins behind `Last-Event-ID`, else with what happens next; `filter` and its shorthands apply to both.",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  raw: true,
  query: EventQuery,
  response: Events,
  answers: eventsOf({ "the event's type": "`{id, type, timestamp, data}`, as the list shows it" }),
  handler: async ({ ctx, query, request }) =>
    prefersEvents(request) ? eventStream(await followEvents(ctx, query, sentEventId(request))) : listEvents(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
