/** What can go wrong, independent of any dialect. A dialect maps each code to its own status and words. */
export type ErrorCode =
  | "malformed"
  | "validation"
  | "unauthorized"
  | "payment_required"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "gone"
  | "payload_too_large"
  | "unsupported_media_type"
  | "upgrade_required"
  | "rate_limited"
  | "internal"
  | "bad_gateway"
  | "unavailable"
  | "timeout";

/** One wrong field of the input: its path such as `settings.cost_limit` (empty for the whole body), and what is wrong. */
export type FieldIssue = { field: string; message: string };

type AppErrorOptions = {
  /** Stable upper-case word for programs, such as `EMAIL_TAKEN`; a dialect falls back to its own word for the code. */
  reason?: string;
  issues?: FieldIssue[];
  /** Seconds until a retry makes sense. */
  retryAfterSeconds?: number;
  /** Extra top-level facts a dialect may show, such as `required` and `available` of a 402. */
  facts?: Record<string, unknown>;
  /** What was done before the refusal stays done, also for a caller who sent an Idempotency-Key. */
  keepsEffects?: boolean;
  cause?: unknown;
};

/** The only error that domain code throws on purpose. Its message is for the caller; `cause` is logged and never sent. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly issues: FieldIssue[];
  readonly retryAfterSeconds: number | undefined;
  readonly facts: Record<string, unknown>;
  readonly keepsEffects: boolean;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.reason = options.reason;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.facts = options.facts ?? {};
    this.keepsEffects = options.keepsEffects ?? false;
  }
}

/** The input was understood but is not acceptable. */
export function invalid(issues: FieldIssue[], message = issues[0]?.message ?? "Invalid input"): AppError {
  return new AppError("validation", message, { issues });
}

/** The body is not what its content type says (not JSON, a NUL byte, too deep, ...). */
export function malformed(message: string): AppError {
  return new AppError("malformed", message);
}

/** A thing that does not exist, or that this caller may not know of. */
export function notFound(thing: string): AppError {
  return new AppError("not_found", `${thing} not found`);
}

/** The state of things forbids the call. */
export function conflict(message: string, reason?: string): AppError {
  return new AppError("conflict", message, { reason });
}

/** The caller is known but may not do this. */
export function forbidden(message: string, reason?: string): AppError {
  return new AppError("forbidden", message, { reason });
}

/** The caller is not known. `reason` separates wrong credentials at login from missing ones. */
export function unauthorized(message = "Invalid API key or session", reason?: string): AppError {
  return new AppError("unauthorized", message, { reason });
}

/** A limit was reached; try again after `retryAfterSeconds`. */
export function rateLimited(retryAfterSeconds: number, message = "Rate limit exceeded"): AppError {
  return new AppError("rate_limited", message, { retryAfterSeconds });
}

/** A service that Baton depends on does not answer. */
export function unavailable(message: string, options: AppErrorOptions = {}): AppError {
  return new AppError("unavailable", message, options);
}

/** What was looked for, or undefined where there is no such thing; any other failure goes on. */
export async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return undefined;
    throw error;
  }
}
