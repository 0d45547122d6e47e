import { z } from "zod";
import type { Dialect } from "#lib/http/dialect";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { newRequestId } from "#lib/id";

/** `/api/sessions` before it is known which document the caller reads: both frames at once (contract K1). */
export const shared: Dialect = {
  name: "shared",
  newRequestId,
  success: (data) => data,
  error: (error, meta) => {
    const one = paas.error(error, meta);
    const other = orchestratex.error(error, meta);
    return {
      status: one.status,
      body: { ...(other.body as object), status_code: one.status, ...(one.body as object) },
    };
  },
  successSchema: (data) => data,
  errorSchema: z
    .looseObject({ success: z.literal(false), error: z.string(), detail: z.string(), status_code: z.int() })
    .meta({ id: "SharedError" }),
};
