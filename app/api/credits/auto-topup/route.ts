import { getAutoTopup, updateAutoTopup } from "#lib/billing/automatic";
import { AutoTopup, UpdateAutoTopup } from "#lib/billing/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "getAutoTopup",
  summary: "Get the settings of automatic top-ups",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: AutoTopup,
  handler: ({ ctx }) => getAutoTopup(ctx),
});

export const PATCH = endpoint({
  operationId: "updateAutoTopup",
  summary: "Change automatic top-ups",
  description:
    "Off unless switched on. A balance below the threshold then buys credits with the saved payment method, up to the daily cap.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  body: UpdateAutoTopup,
  response: AutoTopup,
  handler: ({ ctx, body }) => updateAutoTopup(ctx, body),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
