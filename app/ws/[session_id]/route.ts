import { z } from "zod";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { upgradeRequired } from "#lib/http/upgrade-required";

export const GET = endpoint({
  operationId: "openSessionSocket",
  summary: "Follow an orchestration session (WebSocket)",
  description:
    "Credentials in the Authorization header, as `?token=`, as the login cookie, or in the first message. `?after=` goes on after an event's `sequence`. See docs/live.md.",
  dialect: orchestratex,
  auth: [],
  scopes: [],
  rateLimit: "default",
  params: z.object({ session_id: z.string() }),
  openedBy: "handshake",
  errors: ["upgrade_required", "unauthorized", "forbidden"],
  handler: ({ headers, params }) => upgradeRequired(headers, `GET /api/sessions/${params.session_id}/events`),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
