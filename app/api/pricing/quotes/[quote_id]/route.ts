import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { StoredQuoteAnswer } from "#lib/pricing/quotes/schema";
import { getQuote } from "#lib/pricing/quotes/service";

export const GET = endpoint({
  operationId: "getPricingQuote",
  summary: "A stored quote with the policy version it was made under",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  params: z.object({ quote_id: z.string() }),
  response: StoredQuoteAnswer,
  errors: ["not_found"],
  handler: async ({ ctx, params }) => ({ success: true, quote: await getQuote(ctx, params.quote_id) }),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
