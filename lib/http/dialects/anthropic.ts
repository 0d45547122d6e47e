import { z } from "zod";
import { type Dialect, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";
import { anthropicErrorType } from "#lib/models/anthropic-errors";

/** What Anthropic's clients expect below `/v1/messages`. */
export const anthropic: Dialect = {
  name: "anthropic",
  newRequestId,
  success: (data) => data,
  error: (error, { requestId }) => ({
    status: statuses[error.code],
    body: {
      type: "error",
      error: {
        type: anthropicErrorType(statuses[error.code]),
        message: error.message,
        code: error.reason ?? error.code,
        ...(error.issues[0]?.field ? { param: error.issues[0].field } : {}),
        ...error.facts,
      },
      request_id: requestId,
    },
  }),
  successSchema: (data) => data,
  errorSchema: z
    .looseObject({
      type: z.literal("error"),
      error: z.looseObject({ type: z.string(), message: z.string(), code: z.string(), param: z.string().optional() }),
      request_id: z.string(),
    })
    .meta({ id: "AnthropicError" }),
};
