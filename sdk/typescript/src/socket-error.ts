import { BatonError } from "./errors.ts";

// The statuses that the same words have over HTTP.
const statuses: Record<string, number> = {
  VALIDATION_ERROR: 400,
  AUTHENTICATION_ERROR: 401,
  INSUFFICIENT_CREDITS: 402,
  PERMISSION_ERROR: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  RATE_LIMIT_ERROR: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
  TIMEOUT_ERROR: 504,
};

type Told = {
  code?: unknown;
  type?: unknown;
  message?: unknown;
  request_id?: unknown;
  details?: Record<string, unknown>;
};

/** An error that came inside a stream or a socket rather than as an answer. */
export function socketError(told: Told): BatonError {
  const code = String(told.code ?? told.type ?? "stream_error");
  const { field, retry_after } = told.details ?? {};
  return new BatonError({
    status: statuses[code] ?? 500,
    code,
    message: String(told.message ?? "The server reported an error."),
    ...(typeof told.request_id === "string" && { requestId: told.request_id }),
    ...(typeof field === "string" && { field }),
    ...(typeof retry_after === "number" && { retryAfterSeconds: retry_after }),
    body: told,
  });
}
