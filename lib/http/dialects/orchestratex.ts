import { z } from "zod";
import type { AppError } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";

/** A wrong field is 422 here, and what the state of a thing forbids is 400. */
function statusOf({ code, reason }: AppError): number {
  if (code === "validation") return 422;
  return code === "conflict" && reason === "ILLEGAL_STATE" ? 400 : statuses[code];
}

/** Document 002: bare documents; errors as `{detail, status_code}`, a wrong field is 422 and listed in `errors`. */
export const orchestratex: Dialect = {
  name: "orchestratex",
  newRequestId,
  success: (data) => data,
  error: (error) => {
    const status = statusOf(error);
    const detail = error.code === "unauthorized" ? "Not authenticated" : error.message;
    const body = { detail, status_code: status };
    return { status, body: status === 422 ? { ...body, errors: error.issues } : body };
  },
  successSchema: (data) => data,
  errorSchema: z
    .object({
      detail: z.string().meta({ description: "What happened." }),
      status_code: z.int().meta({ description: "The HTTP status." }),
      errors: z
        .array(z.object({ field: z.string(), message: z.string() }))
        .optional()
        .meta({ description: "422 only: every wrong field." }),
    })
    .meta({ id: "OrchestratexError" }),
};
