import { z } from "zod";
import { mcp } from "#lib/http/dialects/mcp";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { eventsOf } from "#lib/http/openapi-answers";
import { answerMessage, checkOrigin } from "#lib/mcp/handler";
import { McpMessage } from "#lib/mcp/schema";

const Answer = z
  .looseObject({ jsonrpc: z.literal("2.0"), id: z.union([z.string(), z.number()]) })
  .meta({ description: "A JSON-RPC response, with `result` or `error`." });

export const POST = endpoint({
  operationId: "sendMcpMessage",
  summary: "Send a message of the Model Context Protocol",
  description:
    "Streamable HTTP without sessions: one JSON-RPC message per request, answered as JSON or as Server-Sent Events. Tools need the scopes of the endpoints that do the same and count as their calls. GET and DELETE are 405: there is no session to listen to or to end.",
  dialect: mcp,
  auth: ["apiKey", "session"],
  scopes: [],
  rateLimit: "default",
  body: McpMessage,
  raw: true,
  answers: { "application/json": Answer, ...eventsOf({ message: "a JSON-RPC message; the last is the response" }) },
  resumes: false,
  otherAnswers: { 202: { description: "A notification or a response was taken; there is nothing to answer." } },
  errors: ["forbidden"],
  handler: ({ ctx, body, request }) => {
    checkOrigin(request);
    return answerMessage(ctx, body, request);
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
