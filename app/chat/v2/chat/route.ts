import { z } from "zod";
import { ChatReply, ChatRequest, LegacyChatReply, LegacyChatRequest } from "#lib/chat/schema";
import { chat, chatLegacy } from "#lib/chat/service";
import { orchestraChat } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { deprecate } from "#lib/http/headers";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "sendChatMessage",
  summary: "Chat",
  description: "A body with `text` and no `message` is answered as `POST /chat/v1/chat` answers it.",
  dialect: orchestraChat,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: z.union([ChatRequest, LegacyChatRequest]),
  response: z.union([LegacyChatReply, ChatReply]),
  errors: ["payment_required", "unavailable", "timeout"],
  handler: ({ ctx, body, request: { signal }, headers }) => {
    if (!("text" in body)) return chat(ctx, body, { signal });
    deprecate(headers, "/chat/v2/chat");
    return chatLegacy(ctx, body, { signal });
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
