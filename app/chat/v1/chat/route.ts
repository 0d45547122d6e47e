import { LegacyChatReply, LegacyChatRequest } from "#lib/chat/schema";
import { chatLegacy } from "#lib/chat/service";
import { orchestraChat } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "sendChatMessageV1",
  summary: "Chat, in the form of version 1",
  deprecated: "/chat/v2/chat",
  dialect: orchestraChat,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: LegacyChatRequest,
  response: LegacyChatReply,
  errors: ["payment_required", "unavailable", "timeout"],
  handler: ({ ctx, body, request: { signal } }) => chatLegacy(ctx, body, { signal }),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
