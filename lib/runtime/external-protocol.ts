import { createHmac } from "node:crypto";
import { errors, request } from "undici";
import { env } from "#lib/env";
import { AppError, unavailable } from "#lib/errors";

const answerBytesMax = 5 * 1024 * 1024;
const shownCharactersMax = 500;

/** Says what docs/runtime.md says: HMAC-SHA256 over `<unix seconds>.<body>`. */
export function signRuntimeCall(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

function settings() {
  const { RUNTIME_URL: url, RUNTIME_SECRET: secret, RUNTIME_TIMEOUT_SECONDS: timeoutSeconds } = env();
  if (url && secret) return { url, secret, timeoutMs: timeoutSeconds * 1_000 };
  const message =
    "This package needs an external runtime, and this instance has none. Ask its operator to set RUNTIME_URL and RUNTIME_SECRET, or send a declarative manifest.";
  throw new AppError("conflict", message, { reason: "RUNTIME_NOT_CONFIGURED" });
}

async function readAnswer(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw unusable("an answer larger than 5 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

const unusable = (what: string) =>
  new AppError("bad_gateway", `The runtime sent ${what}.`, { reason: "RUNTIME_UNUSABLE_ANSWER" });

/** What the runtime says of its own refusal, cut to what fits a message. */
function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    if (typeof error === "string") return error.slice(0, shownCharactersMax);
  } catch {
    // No JSON: the status has to say it.
  }
  return "";
}

function refusal(status: number, text: string): AppError {
  const words = wordsOf(text);
  const said = words ? `: ${words}` : ` (status ${status})`;
  if (status >= 500 || status === 429 || status === 408)
    return unavailable(`The runtime failed${said}`, { reason: "RUNTIME_UNAVAILABLE" });
  return new AppError("conflict", `The runtime refused${said}`, { reason: "RUNTIME_REFUSED" });
}

function failureOf(error: unknown, signals: { caller: AbortSignal; deadline: AbortSignal }): unknown {
  if (error instanceof AppError) return error;
  if (signals.caller.aborted) return signals.caller.reason;
  const isLate =
    signals.deadline.aborted || error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  if (isLate) return new AppError("timeout", "The runtime did not answer in time.", { reason: "RUNTIME_TIMEOUT" });
  return unavailable("The runtime cannot be reached.", { reason: "RUNTIME_UNAVAILABLE", cause: error });
}

type Call = { signal: AbortSignal; timeoutMs?: number };

/**
 * Sends one signed call to the external runtime and answers its JSON object. Throws `unavailable` and `timeout` where a
 * retry may help, else `conflict` with the runtime's words or `bad_gateway`.
 */
export async function callRuntime(
  path: "/activate" | "/invoke",
  payload: object,
  { signal: caller, timeoutMs: given = Number.POSITIVE_INFINITY }: Call,
): Promise<Record<string, unknown>> {
  const { url, secret, timeoutMs } = settings();
  const body = JSON.stringify(payload);
  const timestamp = Math.floor(Date.now() / 1_000);
  const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(Math.min(timeoutMs, given))));
  try {
    const answer = await request(`${url}${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-baton-timestamp": String(timestamp),
        "x-baton-signature": signRuntimeCall(secret, timestamp, body),
      },
      body,
      signal: AbortSignal.any([caller, deadline]),
    });
    const text = await readAnswer(answer.body);
    if (answer.statusCode < 200 || answer.statusCode >= 300) throw refusal(answer.statusCode, text);
    if (text === "") return {};
    return objectOf(text);
  } catch (error) {
    throw failureOf(error, { caller, deadline });
  }
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable("an answer that is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unusable("no JSON object");
  return value as Record<string, unknown>;
}

/** Throws when no external runtime is configured. */
export function requireExternalRuntime(): void {
  settings();
}
