import type { ZodType } from "zod";
import type { AppError, ErrorCode } from "#lib/errors";

/** What a dialect may need beyond the result: the request as the caller sees it. */
export type Meta = { requestId: string; method: string; path: string; now: Date };

export type Rendered = { status: number; body: unknown };

/** One way of speaking: how a result or an error becomes a status and a body. Nothing else knows an envelope. */
export type Dialect = {
  name:
    | "paas"
    | "cloud"
    | "orchestratex"
    | "orchestra"
    | "agency"
    | "shared"
    | "openai"
    | "anthropic"
    | "mcp"
    | "plain";
  newRequestId(): string;
  success(data: unknown, meta: Meta): unknown;
  error(error: AppError, meta: Meta): Rendered;
  /** Headers that only errors of this dialect have. */
  errorHeaders?(error: AppError): Record<string, string>;
  /** The shapes of the frames, for the OpenAPI document. */
  successSchema(data: ZodType): ZodType;
  errorSchema: ZodType;
  /** The same for one status of one kind of call, where the frame depends on them. */
  errorSchemaOf?(status: number, isWrite: boolean): ZodType;
};

/** The HTTP status of each code where a family names no other. */
export const statuses: Record<ErrorCode, number> = {
  malformed: 400,
  validation: 400,
  unauthorized: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  upgrade_required: 426,
  rate_limited: 429,
  internal: 500,
  bad_gateway: 502,
  unavailable: 503,
  timeout: 504,
};
