import { z } from "zod";
import type { ErrorCode } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";

const types: Partial<Record<ErrorCode, string>> = {
  unauthorized: "authentication_error",
  payment_required: "insufficient_quota",
  forbidden: "permission_error",
  rate_limited: "rate_limit_error",
  internal: "server_error",
  bad_gateway: "server_error",
  unavailable: "server_error",
  timeout: "server_error",
};

/** What OpenAI's clients expect below `/v1`. */
export const openai: Dialect = {
  name: "openai",
  newRequestId,
  success: (data) => data,
  error: (error) => ({
    status: statuses[error.code],
    body: {
      error: {
        message: error.message,
        type: types[error.code] ?? "invalid_request_error",
        param: error.issues[0]?.field ?? null,
        code: error.reason ?? error.code,
        ...error.facts,
      },
    },
  }),
  successSchema: (data) => data,
  errorSchema: z
    .object({
      error: z.looseObject({ message: z.string(), type: z.string(), param: z.string().nullable(), code: z.string() }),
    })
    .meta({ id: "OpenAIError" }),
};
