import { z } from "zod";
import type { AppError } from "#lib/errors";
import { type Dialect, type Meta, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";

/** 400 of a write and 409 of the idempotency rule speak in the short form, everything else in the long one. */
function isShort(error: AppError, meta: Meta): boolean {
  const status = statuses[error.code];
  if (status === 400) return meta.method !== "GET" && meta.method !== "HEAD";
  return error.reason === "IDEMPOTENCY_MISMATCH";
}

function long(error: AppError, meta: Meta) {
  const status = statuses[error.code];
  const isUnknown = error.code === "unauthorized" && error.reason !== "INVALID_SIGNATURE";
  const message = isUnknown ? "Invalid or missing API key" : error.message;
  const retry = error.retryAfterSeconds === undefined ? {} : { retry_after: error.retryAfterSeconds };
  return { error: { code: status, message, request_id: meta.requestId, ...retry, ...error.facts } };
}

/** Document 004: bodies as each endpoint shows them; two forms of errors. */
const ShortError = z
  .looseObject({ success: z.literal(false), error: z.string() })
  .meta({ id: "AgencyShortError", description: "400 of a write, and 409 of the idempotency rule." });

const LongError = z
  .looseObject({
    error: z.looseObject({
      code: z.int().meta({ description: "The HTTP status." }),
      message: z.string(),
      request_id: z.string().meta({ description: "Equal to the header `X-Request-Id`." }),
      retry_after: z.int().optional().meta({ description: "Seconds to wait before the next try." }),
      your_ip: z.string().optional().meta({ description: "Of a call that the address rules refuse." }),
    }),
  })
  .meta({ id: "AgencyError" });

const AnyError = z.union([ShortError, LongError]);

export const agency: Dialect = {
  name: "agency",
  newRequestId,
  success: (data) => data,
  error: (error, meta) => ({
    status: statuses[error.code],
    body: isShort(error, meta) ? { success: false, error: error.message } : long(error, meta),
  }),
  successSchema: (data) => data,
  errorSchema: AnyError,
  errorSchemaOf: (status, isWrite) => {
    if (status === 409) return AnyError;
    return status === 400 && isWrite ? ShortError : LongError;
  },
};
