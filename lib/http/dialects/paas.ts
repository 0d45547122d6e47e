import { z } from "zod";
import type { AppError } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import { databaseWords } from "#lib/http/failure";
import { newRequestId } from "#lib/id";

/** This family says what the database refused (contract README 5.11), without SQL or values. */
function words(error: AppError): string {
  const refusal = error.code === "internal" ? databaseWords(error.cause) : undefined;
  if (refusal) return `Database query failed: ${refusal}`;
  // One wrong item of a list: which one it is, is half of the message.
  const field = error.issues[0]?.field ?? "";
  return field.includes("[") ? `${field}: ${error.message}` : error.message;
}

/** Document 000: `{success: true, ...}`; errors as `{success: false, error, suggestion?}`. */
export const paas: Dialect = {
  name: "paas",
  newRequestId,
  success: (data) => ({ success: true, ...(data as Record<string, unknown>) }),
  error: (error) => ({
    status: statuses[error.code],
    body: {
      success: false,
      error: words(error),
      ...error.facts,
    },
  }),
  successSchema: (data) => z.object({ success: z.literal(true) }).and(data),
  errorSchema: z
    .looseObject({
      success: z.literal(false),
      error: z.string().meta({ description: "What happened." }),
      suggestion: z.string().optional().meta({ description: "What to do about it." }),
    })
    .meta({ id: "PaasError" }),
};
