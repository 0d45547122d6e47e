import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AppError, ErrorCode } from "#lib/errors";
import { type Dialect, type Meta, statuses } from "#lib/http/dialect";

const words: Record<ErrorCode, string> = {
  malformed: "VALIDATION_ERROR",
  validation: "VALIDATION_ERROR",
  unauthorized: "AUTHENTICATION_ERROR",
  payment_required: "INSUFFICIENT_CREDITS",
  forbidden: "PERMISSION_ERROR",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_ALLOWED",
  conflict: "CONFLICT",
  gone: "GONE",
  payload_too_large: "PAYLOAD_TOO_LARGE",
  unsupported_media_type: "UNSUPPORTED_MEDIA_TYPE",
  upgrade_required: "UPGRADE_REQUIRED",
  rate_limited: "RATE_LIMIT_ERROR",
  internal: "INTERNAL_ERROR",
  bad_gateway: "SERVICE_UNAVAILABLE",
  unavailable: "SERVICE_UNAVAILABLE",
  timeout: "TIMEOUT_ERROR",
};

const Metadata = z
  .object({ request_id: z.uuid(), timestamp: z.iso.datetime(), version: z.enum(["v1", "v2"]) })
  .meta({ id: "OrchestraMetadata" });

const metadata = ({ requestId, now, path }: Meta) => ({
  request_id: requestId,
  timestamp: now.toISOString(),
  version: path.startsWith("/chat/v1/") ? "v1" : "v2",
});

function details(error: AppError): Record<string, unknown> {
  const [first] = error.issues;
  if (first) return { field: first.field, reason: first.message };
  if (error.code === "rate_limited") return { retry_after: error.retryAfterSeconds ?? 1 };
  return error.facts;
}

/** An error as the envelope, and a socket, hold it. */
export function orchestraError(error: AppError) {
  return { code: words[error.code], message: error.message, details: details(error) };
}

/** Document 003: everything in one envelope with its request id. */
export const orchestra: Dialect = {
  name: "orchestra",
  newRequestId: randomUUID,
  success: (data, meta) => ({ success: true, data, metadata: metadata(meta), error: null }),
  error: (error, meta) => ({
    status: statuses[error.code],
    body: {
      success: false,
      data: null,
      metadata: metadata(meta),
      error: orchestraError(error),
    },
  }),
  successSchema: (data) => z.object({ success: z.literal(true), data, metadata: Metadata, error: z.null() }),
  errorSchema: z
    .object({
      success: z.literal(false),
      data: z.null(),
      metadata: Metadata,
      error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }),
    })
    .meta({ id: "OrchestraError" }),
};

const isLegacy = (data: unknown): data is { response: string; sessionId: string } =>
  typeof data === "object" && data !== null && "sessionId" in data;

/** The chat's envelope: an answer to version 1, which has a `sessionId`, repeats it at the top for old readers. */
export const orchestraChat: Dialect = {
  ...orchestra,
  success: (data, meta) => {
    const envelope = { success: true, data, metadata: metadata(meta), error: null };
    if (!isLegacy(data)) return envelope;
    const { response, sessionId } = data;
    return { ...envelope, metadata: { ...envelope.metadata, version: "v1" }, response, sessionId };
  },
  successSchema: (data) =>
    z.object({
      success: z.literal(true),
      data,
      metadata: Metadata,
      error: z.null(),
      response: z.string().optional().meta({ description: "Version 1 only." }),
      sessionId: z.string().optional().meta({ description: "Version 1 only." }),
    }),
};
