import { createHash } from "node:crypto";
import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import document from "../../../public/openapi.json" with { type: "json" };

const text = JSON.stringify(document);
const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
const headers = { etag, "cache-control": "public, max-age=300" };

/** Whether the caller has this very document already; marks of weak comparison make no difference. */
function isKnown(request: Request): boolean {
  const given = request.headers.get("if-none-match") ?? "";
  return given.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}

export const GET = endpoint({
  operationId: "getOpenApiDocument",
  summary: "This document",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  raw: true,
  answers: { "application/json": z.looseObject({ openapi: z.string() }) },
  answerHeaders: ["ETag"],
  otherAnswers: { 304: { description: "The document is the one that `If-None-Match` names.", headers: ["ETag"] } },
  handler: ({ request }) =>
    isKnown(request)
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers: { ...headers, "content-type": "application/json" } }),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
