import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { bytes } from "#lib/http/openapi-answers";
import { receiveObject, sendObject } from "#lib/storage/service";

const params = z.object({ token: z.string() });

export const GET = endpoint({
  operationId: "downloadObject",
  summary: "Download a file; the link is its own credential",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  params,
  raw: true,
  openedBy: "link",
  answers: { "application/zip": bytes },
  answerHeaders: ["Content-Disposition"],
  otherAnswers: {
    206: { description: "The part that `Range` asked for.", content: { "application/zip": bytes } },
  },
  errors: ["forbidden", "unavailable"],
  handler: async ({ params, request }) => {
    const { stream, status, headers } = await sendObject(params.token, request.headers.get("range"));
    return new Response(stream, { status, headers });
  },
});

export const PUT = endpoint({
  operationId: "uploadObject",
  summary: "Put a file; the link is its own credential",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  params,
  raw: true,
  openedBy: "link",
  takes: { "application/zip": bytes },
  errors: ["validation", "malformed", "forbidden", "payload_too_large", "unavailable"],
  handler: async ({ params, request }) => {
    await receiveObject(params.token, request.body);
    return new Response(null, { status: 200 });
  },
});

export const { POST, PATCH, DELETE, OPTIONS } = notAllowed("GET", "PUT");
