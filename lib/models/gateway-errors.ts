import { AISDKError, APICallError, RetryError } from "ai";
import { AppError } from "#lib/errors";
import type { Provider } from "#lib/models/providers";
import { isPassing, retryAfterMs } from "#lib/models/retry";
import type { Candidate } from "#lib/models/service";
import { keyRefused, ProviderError, providerFailed, providerTimedOut, withoutKey } from "#lib/models/upstream";

/** Whether the same call may well succeed a moment later: no connection, too many calls, a failure inside the provider. */
export function isWorthARetry(error: unknown): boolean {
  if (!APICallError.isInstance(error)) return false;
  // An answer that cannot be read has the status of a success.
  return error.statusCode === undefined || isPassing(error.statusCode);
}

/** What the provider asked to wait, in milliseconds. */
export function askedMsOf(error: unknown): number | undefined {
  return APICallError.isInstance(error) ? retryAfterMs(error.responseHeaders?.["retry-after"]) : undefined;
}

/** Whether an error tells that the provider fails: one that refuses an input works, one that limits its callers may. */
export function isProviderFailure(error: unknown): boolean | undefined {
  if (error instanceof AppError)
    return error instanceof ProviderError && error.code !== "rate_limited" ? true : undefined;
  const { statusCode } = APICallError.isInstance(error) ? error : { statusCode: undefined };
  if (statusCode === 429) return undefined;
  return !(statusCode && statusCode >= 400 && statusCode < 500 && ![401, 402, 403, 408].includes(statusCode));
}

/** What to log of a failed call. The SDK's own error holds the whole prompt, which logs must not. */
function forTheLog(provider: Provider, error: Error): Error {
  const status = APICallError.isInstance(error) ? ` ${error.statusCode ?? "(no connection)"}` : "";
  return new Error(`${error.name}${status}: ${withoutKey(provider, error.message).slice(0, 500)}`);
}

/** What a refusal of the provider means by its status, with the provider's words only where they concern the caller. */
function refusal(candidate: Candidate, provider: Provider, call: APICallError): AppError {
  const { statusCode = 0 } = call;
  const error = forTheLog(provider, call);
  const cause = { cause: error };
  if (statusCode === 401 || statusCode === 402 || statusCode === 403) return keyRefused(provider, error);
  if (statusCode === 404) return providerFailed(provider, `does not offer '${candidate.model.version}'`, cause);
  if (statusCode === 429) return providerFailed(provider, "takes no more calls at the moment", cause);
  if (statusCode === 408) return providerTimedOut(provider, error);
  if (statusCode >= 400 && statusCode < 500) {
    const message = withoutKey(provider, call.message).slice(0, 500);
    return new AppError("validation", `${provider.title}: ${message}`, { reason: "PROVIDER_REFUSED", cause: error });
  }
  if (statusCode >= 500) return providerFailed(provider, `failed with status ${statusCode}`, cause);
  // A status of success means that the body was nonsense; none at all, that there was no connection.
  return providerFailed(provider, statusCode > 0 ? "gave an unusable answer" : "cannot be reached", cause);
}

/** Turns what a model call threw into what a caller may know. */
export function gatewayError(
  candidate: Candidate,
  error: unknown,
  signals: { caller: AbortSignal | undefined; deadline: AbortSignal },
): unknown {
  if (signals.caller?.aborted) return signals.caller.reason;
  const { provider } = candidate;
  if (!provider) {
    return signals.deadline.aborted ? new AppError("timeout", "The simulator had no time left to answer.") : error;
  }
  if (signals.deadline.aborted) return providerTimedOut(provider);
  if (error instanceof AppError) return error;
  const cause = RetryError.isInstance(error) ? error.lastError : error;
  if (APICallError.isInstance(cause)) return refusal(candidate, provider, cause);
  if (AISDKError.isInstance(cause))
    return providerFailed(provider, "gave an unusable answer", { cause: forTheLog(provider, cause) });
  return providerFailed(provider, "broke off its answer", { cause });
}
