import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { BatchAnswer, BatchInput } from "#lib/pricing/quotes/schema";
import { createBatch } from "#lib/pricing/quotes/service";

export const POST = endpoint({
  operationId: "createBatchQuotes",
  summary: "Price and store a quote for every segment, side by side",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: BatchInput,
  takesForms: true,
  response: BatchAnswer,
  handler: ({ ctx, body }) => createBatch(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
