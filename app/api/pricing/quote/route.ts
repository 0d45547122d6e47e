import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { QuoteAnswer, QuoteInput } from "#lib/pricing/quotes/schema";
import { createQuote } from "#lib/pricing/quotes/service";

export const POST = endpoint({
  operationId: "createPricingQuote",
  summary: "Price and store a quote",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: QuoteInput,
  takesForms: true,
  response: QuoteAnswer,
  handler: ({ ctx, body }) => createQuote(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
