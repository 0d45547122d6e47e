import { z } from "zod";
import { ChatHistory, SessionId } from "#lib/chat/schema";
import { getHistory } from "#lib/chat/sessions";
import { orchestra } from "#lib/http/dialects/orchestra";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { segmentsOf } from "#lib/http/path";
import { pathOf } from "#lib/http/pipeline";

export const GET = endpoint({
  operationId: "getChatHistory",
  summary: "What was said in a chat session, oldest first",
  dialect: orchestra,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  // Hosts differ in whether a parameter is decoded already; session ids may hold any character.
  params: z.object({ session_id: z.string().max(1_152, "Session not found") }),
  response: ChatHistory,
  errors: ["not_found"],
  handler: ({ ctx, params, request }) => {
    const [, , , id = params.session_id] = segmentsOf(pathOf(request.url)) ?? [];
    return getHistory(ctx, SessionId.safeParse(id).data ?? "");
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
