/** A reason the local platform cannot start, worded for the person at the terminal: print the message, not the stack. */
export class LocalPlatformError extends Error {
  override name = "LocalPlatformError";
}

/** The code of a system error ("ENOENT"), or nothing for every other thrown value. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
