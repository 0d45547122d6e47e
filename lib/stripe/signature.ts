import Stripe from "stripe";
import { AppError } from "#lib/errors";
import { webhookSecret } from "#lib/stripe/secret";

const toleranceSeconds = 5 * 60;

/** An event whose signature held. Only the envelope is checked; whoever uses `object` checks its shape. */
export type StripeEvent = { id: string; type: string; object: unknown };

const invalidSignature = (cause?: unknown) =>
  new AppError("validation", "Invalid signature", { reason: "INVALID_SIGNATURE", cause });

/** Stripe's library refuses old stamps only. One from the future would let a signature be kept for later. */
function isFromTheFuture(header: string, nowMs: number): boolean {
  const stamps = header.split(",").flatMap((part) => (part.trim().startsWith("t=") ? [part.trim().slice(2)] : []));
  return stamps.some((stamp) => !(Number.parseInt(stamp, 10) <= nowMs / 1_000 + toleranceSeconds));
}

function envelope(event: Stripe.Event): StripeEvent | undefined {
  const isText = (value: unknown): value is string =>
    typeof value === "string" && value !== "" && !value.includes("\0");
  const { id, type, data } = event;
  return isText(id) && isText(type) && data?.object ? { id, type, object: data.object } : undefined;
}

/**
 * The event in a body that Stripe (or the local checkout) signed, from the body's exact bytes. Nothing when the signed
 * text is no event. Throws INVALID_SIGNATURE for everything that is not proven, and always when no secret is configured.
 */
export function verifyEvent(body: Uint8Array, header: string | null, nowMs = Date.now()): StripeEvent | undefined {
  const secret = webhookSecret();
  if (!secret || !header || isFromTheFuture(header, nowMs)) throw invalidSignature();
  let event: Stripe.Event;
  try {
    event = Stripe.webhooks.constructEvent(Buffer.from(body), header, secret, toleranceSeconds);
  } catch (error) {
    throw invalidSignature(error);
  }
  return event && typeof event === "object" ? envelope(event) : undefined;
}

/** The `Stripe-Signature` of an event of the local checkout. */
export function signEvent(payload: string): string {
  const secret = webhookSecret();
  if (!secret) throw new Error("There is no secret to sign an event with.");
  return Stripe.webhooks.generateTestHeaderString({ payload, secret });
}
