import { unseal } from "#lib/crypto/seal";
import { sendOut } from "#lib/http-out/request";
import type { Resolve } from "#lib/http-out/resolve";
import { OutgoingError } from "#lib/http-out/target";
import type { Claimed, Outcome } from "#lib/webhooks/attempt-queries";
import { signedHeaders } from "#lib/webhooks/signature";

const timeoutMs = 15_000;
const bodyBytesMax = 8_192;

export type AttemptOptions = {
  isManual: boolean;
  signal: AbortSignal;
  resolve?: Resolve;
  allowPrivate?: boolean;
};

/** What Postgres takes as text: it has no NUL. */
const storable = (text: string) => text.replaceAll("\0", "�");

/**
 * Sends a delivery once and answers what came of it. Only a 2xx counts; a redirect is not followed. The address is looked
 * up and checked anew each time. Throws only when `signal` stops it.
 */
export async function attemptDelivery(delivery: Claimed, options: AttemptOptions): Promise<Outcome> {
  const { isManual, signal, resolve, allowPrivate } = options;
  const secrets = [delivery.sealedSecret, delivery.sealedPreviousSecret].flatMap((sealed) =>
    sealed ? [unseal(sealed)] : [],
  );
  const startedMs = Date.now();
  const { id: deliveryId, event, payload } = delivery;
  const endpointId = delivery.label ?? delivery.endpointId;
  const unixSeconds = Math.floor(startedMs / 1_000);
  const requestHeaders = signedHeaders({ endpointId, deliveryId, event, payload, secrets, unixSeconds });
  const made = { isManual, requestHeaders, startedAt: new Date(startedMs).toISOString() };
  try {
    const answer = await sendOut({
      url: delivery.url,
      method: "POST",
      headers: requestHeaders,
      body: payload,
      timeoutMs,
      bodyBytesMax,
      signal,
      ...(resolve && { resolve }),
      ...(allowPrivate !== undefined && { allowPrivate }),
    });
    const isDelivered = answer.status >= 200 && answer.status < 300;
    return {
      ...made,
      isDelivered,
      responseStatus: answer.status,
      responseHeaders: answer.headers,
      responseBody: storable(answer.body.toString("utf8")),
      error: isDelivered ? null : `The receiver answered ${answer.status}.`,
      latencyMs: Date.now() - startedMs,
    };
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    const nothing = { isDelivered: false, responseStatus: null, responseHeaders: null, responseBody: null };
    return { ...made, ...nothing, error: error.message, latencyMs: Date.now() - startedMs };
  }
}
