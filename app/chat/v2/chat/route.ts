import { ChatReply, ChatRequest } from "#lib/chat/schema";
import { chat } from "#lib/chat/service";
import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  summary: "Chat",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  body: ChatRequest,
  response: ChatReply,
  errors: ["payment_required", "unavailable", "timeout"],
  handler: ({ ctx, body, request }) => chat(ctx, body, request.signal),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
