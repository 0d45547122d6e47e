import type { Dispatcher } from "undici";
import { AppError } from "#lib/errors";
import type { Provider } from "#lib/models/providers";
import { isPassing, retryAfterMs } from "#lib/models/retry";
import { keyRefused, providerFailed, providerLimited, withoutKey } from "#lib/models/upstream";
import { parseObject } from "#lib/models/wire";

/** A request that the provider refused for what is in it. Its own words concern the caller, who gets them as they are. */
export class RequestRefused extends AppError {
  readonly status: number;
  readonly text: string;
  /** Another model with more room may take the same request. */
  readonly isTooLong: boolean;

  constructor(provider: Provider, status: number, text: string) {
    super("validation", `${provider.title} refused the request with status ${status}.`, { reason: "PROVIDER_REFUSED" });
    this.status = status;
    this.text = text;
    this.isTooLong = status === 413 || /context_length_exceeded|prompt is too long|maximum context length/.test(text);
  }

  /** What the caller gets. */
  toResponse(headers: Record<string, string>): Response {
    return new Response(this.text, {
      status: this.status,
      headers: { "content-type": "application/json", ...headers },
    });
  }
}

type Refusal = Pick<Dispatcher.ResponseData, "statusCode" | "headers" | "body">;

/** What an answer without success means. */
export async function readRefusal(provider: Provider, { statusCode, headers, body }: Refusal): Promise<AppError> {
  const text = withoutKey(provider, await body.text());
  const askedMs = retryAfterMs(headers["retry-after"]);
  if (statusCode === 401 || statusCode === 402 || statusCode === 403) return keyRefused(provider);
  if (statusCode === 429) return providerLimited(provider, { askedMs });
  if (isPassing(statusCode)) {
    return providerFailed(provider, `failed with status ${statusCode}`, { isPassing: true, askedMs });
  }
  if (statusCode < 400 || !parseObject(text)) {
    return providerFailed(provider, `gave an unusable answer with status ${statusCode}`);
  }
  return new RequestRefused(provider, statusCode, text);
}
