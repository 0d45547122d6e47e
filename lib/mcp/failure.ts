import type { CallToolResult } from "@modelcontextprotocol/server";
import type { AppError } from "#lib/errors";
import { toAppError } from "#lib/http/failure";
import { log } from "#lib/log";

/** What a caller may know of a failure. What nobody expected is logged and tells nothing but the request id. */
export function knownFailure(error: unknown, requestId: string): AppError {
  const known = toAppError(error);
  if (known.code === "internal") log.error({ err: known.cause ?? known, requestId }, "a tool failed");
  return known;
}

/** A failure as a model can act on it: what happened, in which field, what to do, and what to quote. */
export function failureText(error: AppError, requestId: string): string {
  const { message, issues, retryAfterSeconds, facts } = error;
  const fields = issues
    .filter((issue) => issue.field !== "" && !message.includes(issue.field))
    .map((issue) => `- ${issue.field}: ${issue.message}`);
  const details = Object.entries(facts).map(([name, value]) => `- ${name}: ${JSON.stringify(value)}`);
  const retry = retryAfterSeconds === undefined ? [] : [`Try again in ${retryAfterSeconds} s.`];
  return [message, ...fields, ...details, ...retry, `Request id: ${requestId}`].join("\n");
}

/** The result of a tool that could not do its work. */
export function failed(thrown: unknown, requestId: string): CallToolResult {
  const error = knownFailure(thrown, requestId);
  const code = error.reason ?? error.code.toUpperCase();
  return {
    isError: true,
    content: [{ type: "text", text: failureText(error, requestId) }],
    _meta: {
      "baton/error": { code, request_id: requestId, fields: error.issues, retry_after: error.retryAfterSeconds },
    },
  };
}
