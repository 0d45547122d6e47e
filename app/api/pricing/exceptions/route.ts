import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExceptionAnswer, ExceptionInput, ExceptionQuery, Exceptions } from "#lib/pricing/exceptions/schema";
import { listExceptions, openException } from "#lib/pricing/exceptions/service";

export const GET = endpoint({
  operationId: "listPricingExceptions",
  summary: "List the exceptions with the ageing of the open ones",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: ExceptionQuery,
  response: Exceptions,
  handler: ({ ctx, query }) => listExceptions(ctx, query),
});

export const POST = endpoint({
  operationId: "createPricingException",
  summary: "Approve an escalated decision as an exception",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: ExceptionInput,
  takesForms: true,
  response: ExceptionAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, body }) => openException(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
