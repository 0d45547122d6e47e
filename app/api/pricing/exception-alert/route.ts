import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ExceptionAlertAnswer, ExceptionAlertInput } from "#lib/pricing/review/schema";
import { alertExceptions } from "#lib/pricing/review/service";

export const POST = endpoint({
  operationId: "createExceptionAlert",
  summary: "Judge open exceptions by their age",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: ExceptionAlertInput,
  takesForms: true,
  response: ExceptionAlertAnswer,
  handler: ({ body }) => alertExceptions(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
