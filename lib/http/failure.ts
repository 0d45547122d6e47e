import { DatabaseError } from "pg";
import { AppError } from "#lib/errors";

const connectionCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ENOTFOUND", "ETIMEDOUT"]);

/** What the database refused, in words that hold no SQL and no values; nothing when it was not the database. */
export function databaseWords(error: unknown): string | undefined {
  if (error instanceof DatabaseError) {
    const kind = error.code?.slice(0, 2);
    if (kind === "08" || kind === "57") return "the database connection was lost";
    if (kind === "53") return "the database is out of resources";
    if (kind === "40") return "the transaction collided with another one";
    return "the statement was refused";
  }
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  const isLost = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(
    error.message,
  );
  return isLost || connectionCodes.has(code) ? "the database cannot be reached" : undefined;
}

/** Any thrown thing as the one error type. What nobody expected tells the caller nothing but the request id. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const message = "Something went wrong on our side. Quote the request id when you report it.";
  return new AppError("internal", message, { cause: error });
}
