import { AppError, unavailable } from "#lib/errors";
import { log } from "#lib/log";

/** The store failed. What it said is logged; the caller learns that a retry makes sense. */
export function storageUnavailable(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  log.warn({ err: cause }, "the object store failed");
  const message = "The package store does not answer. Nothing was stored; try again in a moment.";
  return unavailable(message, { reason: "STORAGE_UNAVAILABLE", retryAfterSeconds: 5, cause });
}
