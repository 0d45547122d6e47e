/** What a failure carries besides its message. */
export type BatonErrorFields = {
  /** HTTP status; 0 when no answer came. */
  status: number;
  /** Stable name of the failure: the server's own code, else one of this table (`not_found`, `rate_limited`, ...). */
  code: string;
  message: string;
  requestId?: string | undefined;
  /** The first field of the request that was refused. */
  field?: string | undefined;
  /** Seconds after which the server wants to be asked again. */
  retryAfterSeconds?: number | undefined;
  /** The answer's body as it was read: parsed JSON, else text. */
  body?: unknown;
  cause?: unknown;
};

/** A call that failed: refused by the server (`status`), or never answered (`status` 0). */
export class BatonError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly field: string | undefined;
  readonly retryAfterSeconds: number | undefined;
  readonly body: unknown;

  constructor({ status, code, message, requestId, field, retryAfterSeconds, body, cause }: BatonErrorFields) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "BatonError";
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.field = field;
    this.retryAfterSeconds = retryAfterSeconds;
    this.body = body;
  }
}

const codes: Record<number, string> = {
  400: "bad_request",
  401: "unauthorized",
  402: "payment_required",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  409: "conflict",
  410: "gone",
  413: "payload_too_large",
  415: "unsupported_media_type",
  422: "validation_error",
  429: "rate_limited",
  503: "unavailable",
  504: "timeout",
};

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** The field named by the first entry of a list such as `[{field, message}]`. */
function firstField(list: unknown): string | undefined {
  return Array.isArray(list) ? textOf(fieldsOf(list[0]).field) : undefined;
}

/** Seconds in a `Retry-After` header (a number, or a date), from `nowMs`. Nothing when it says neither. */
export function readRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (!value) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - nowMs) / 1000);
}

/** The first field in details such as `{name: "Required"}`, which name each refused field by its key. */
function firstKey(details: unknown): string | undefined {
  const [entry] = isFields(details) ? Object.entries(details) : [];
  return entry && typeof entry[1] === "string" ? entry[0] : undefined;
}

/** Reads a refusal in any of the API's error forms. `body` is parsed JSON, else text. */
export function errorFrom(response: Response, body: unknown, nowMs = Date.now()): BatonError {
  const { status, headers } = response;
  const frame = fieldsOf(body);
  const inner = fieldsOf(frame.error);
  const details = isFields(inner.details) ? inner.details : fieldsOf(frame.details);
  const message = textOf(inner.message) ?? textOf(frame.error) ?? textOf(frame.detail) ?? textOf(frame.message);
  const fallback = codes[status] ?? (status >= 500 ? "server_error" : "request_failed");
  const seconds = [inner.retry_after, details.retry_after].find((value) => typeof value === "number");
  return new BatonError({
    status,
    code: textOf(inner.code) ?? textOf(frame.code) ?? textOf(inner.type) ?? fallback,
    message: message ?? `The server answered ${status}.`,
    requestId: headers.get("x-request-id") ?? textOf(inner.request_id) ?? textOf(fieldsOf(frame.metadata).request_id),
    field:
      textOf(details.field) ??
      textOf(frame.field) ??
      textOf(inner.field) ??
      textOf(inner.param) ??
      firstField(frame.errors) ??
      firstField(frame.details) ??
      (status === 400 ? firstKey(frame.details) : undefined),
    retryAfterSeconds: readRetryAfter(headers.get("retry-after"), nowMs) ?? (seconds as number | undefined),
    body,
  });
}
