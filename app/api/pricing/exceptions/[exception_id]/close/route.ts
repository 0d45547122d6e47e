import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CloseInput, ExceptionAnswer } from "#lib/pricing/exceptions/schema";
import { closeException } from "#lib/pricing/exceptions/service";

export const POST = endpoint({
  operationId: "closePricingException",
  summary: "Close an open exception",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ exception_id: z.string() }),
  body: CloseInput,
  takesForms: true,
  response: ExceptionAnswer,
  errors: ["not_found", "conflict"],
  handler: ({ ctx, params, body }) => closeException(ctx, params.exception_id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
