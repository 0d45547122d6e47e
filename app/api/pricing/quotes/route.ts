import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { fileAnswer } from "#lib/http/file-answer";
import { notAllowed } from "#lib/http/not-allowed";
import { quotesFile } from "#lib/pricing/quotes/file";
import { QuoteQuery } from "#lib/pricing/quotes/list-schema";
import { StoredQuotes } from "#lib/pricing/quotes/schema";
import { listQuotes } from "#lib/pricing/quotes/service";

export const GET = endpoint({
  operationId: "listPricingQuotes",
  summary: "List the stored quotes, newest first",
  description: "With format=csv, a file of all quotes of the filter.",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: QuoteQuery,
  response: StoredQuotes,
  handler: ({ ctx, query: { format, ...query } }) =>
    format === "csv" ? fileAnswer(quotesFile(ctx, query), "csv", "quotes") : listQuotes(ctx, query),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
