import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { json } from "#lib/http/json";
import { notAllowed } from "#lib/http/not-allowed";
import document from "../../../public/openapi.json" with { type: "json" };

export const GET = endpoint({
  summary: "This document",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  raw: true,
  handler: () => json(document),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
