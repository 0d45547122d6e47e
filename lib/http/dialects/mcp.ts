import { z } from "zod";
import type { ErrorCode } from "#lib/errors";
import { type Dialect, statuses } from "#lib/http/dialect";
import { newRequestId } from "#lib/id";

/** JSON-RPC 2.0's own codes; everything else is the server's business (-32000). */
const codes: Partial<Record<ErrorCode, number>> = {
  malformed: -32_700,
  validation: -32_600,
  internal: -32_603,
};

/** What a client of the Model Context Protocol gets when its message was not let in: an error that answers no message. */
export const mcp: Dialect = {
  name: "mcp",
  newRequestId,
  success: (data) => data,
  error: (error, { requestId }) => ({
    status: statuses[error.code],
    body: {
      jsonrpc: "2.0",
      id: null,
      error: {
        code: codes[error.code] ?? -32_000,
        message: error.message,
        data: {
          reason: error.reason ?? error.code.toUpperCase(),
          request_id: requestId,
          ...(error.issues.length > 0 && { fields: error.issues }),
          ...(error.retryAfterSeconds !== undefined && { retry_after: error.retryAfterSeconds }),
        },
      },
    },
  }),
  // The protocol's authorization asks for it; clients then know that a key is missing or was revoked.
  errorHeaders: ({ code }): Record<string, string> =>
    code === "unauthorized" ? { "www-authenticate": 'Bearer realm="Baton"' } : {},
  successSchema: (data) => data,
  errorSchema: z
    .object({
      jsonrpc: z.literal("2.0"),
      id: z.null(),
      error: z.object({
        code: z.int(),
        message: z.string(),
        data: z.object({
          reason: z.string(),
          request_id: z.string(),
          fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
          retry_after: z.int().optional(),
        }),
      }),
    })
    .meta({ id: "McpError" }),
};
