import { z } from "zod";
import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { upgradeRequired } from "#lib/http/upgrade-required";

export const GET = endpoint({
  operationId: "openChatSocket",
  summary: "Chat (WebSocket)",
  description:
    "Credentials in the Authorization header, as `?token=`, as the login cookie, or in the first message. See docs/live.md.",
  dialect: orchestra,
  auth: [],
  scopes: [],
  rateLimit: "default",
  params: z.object({ client_id: z.string(), session_id: z.string() }),
  openedBy: "handshake",
  errors: ["upgrade_required", "unauthorized", "forbidden"],
  handler: ({ headers }) => upgradeRequired(headers, "GET /chat/v2/stream?session_id=&message="),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
