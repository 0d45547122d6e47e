import { z } from "zod";
import type { ErrorCode } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";

const words: Record<ErrorCode, string> = {
  malformed: "VALIDATION_ERROR",
  validation: "VALIDATION_ERROR",
  unauthorized: "UNAUTHORIZED",
  payment_required: "INSUFFICIENT_CREDITS",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_ALLOWED",
  conflict: "CONFLICT",
  gone: "GONE",
  payload_too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  upgrade_required: "UPGRADE_REQUIRED",
  rate_limited: "RATE_LIMITED",
  internal: "INTERNAL_ERROR",
  bad_gateway: "UPSTREAM_ERROR",
  unavailable: "SERVICE_UNAVAILABLE",
  timeout: "TIMEOUT",
};

/** Document 001: bare named objects; errors as `{error, code, details?}`. */
export const cloud: Dialect = {
  name: "cloud",
  newRequestId,
  success: (data) => data,
  error: (error) => {
    const details = error.issues.length
      ? Object.fromEntries(error.issues.map(({ field, message }) => [field || "body", message]))
      : undefined;
    const body = { error: error.message, code: error.reason ?? words[error.code], ...(details && { details }) };
    return { status: statuses[error.code], body: { ...body, ...error.facts } };
  },
  successSchema: (data) => data,
  errorSchema: z
    .looseObject({
      error: z.string().meta({ description: "What happened, and what to do." }),
      code: z.string().meta({ description: "A stable word for it, such as `VALIDATION_ERROR`." }),
      details: z
        .union([z.record(z.string(), z.unknown()), z.array(z.unknown())])
        .optional()
        .meta({ description: "The wrong fields, each with what is wrong; of a package, the list of its faults." }),
      required: z.number().optional().meta({ description: "402 only: the credits it takes." }),
      available: z.number().optional().meta({ description: "402 only: the credits there are." }),
    })
    .meta({ id: "CloudError" }),
};
