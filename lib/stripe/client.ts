import Stripe from "stripe";
import { env } from "#lib/env";
import { unavailable } from "#lib/errors";
import { log } from "#lib/log";
import { singleton } from "#lib/singleton";

/** The version whose shapes this code was written for; newer ones come by decision, not by an account's default. */
export const stripeVersion = "2026-10-28.endive";

const cache = singleton("stripe.client", () => ({ name: "", client: undefined as Stripe | undefined }));

function addressOf(base: string | undefined): Stripe.StripeConfig {
  if (!base) return {};
  const { hostname, port, protocol } = new URL(base);
  const isPlain = protocol === "http:";
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? "http" : "https" };
}

/** Stripe's API with the configured key. Throws `unavailable` when there is none. */
export function stripe(): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_API_BASE } = env();
  if (!STRIPE_SECRET_KEY) throw notConfigured();
  const name = `${STRIPE_SECRET_KEY}\n${STRIPE_API_BASE ?? ""}`;
  if (!cache.client || cache.name !== name) {
    cache.name = name;
    cache.client = new Stripe(STRIPE_SECRET_KEY, {
      apiVersion: stripeVersion,
      timeout: 10_000,
      maxNetworkRetries: 2,
      telemetry: false,
      ...addressOf(STRIPE_API_BASE),
    });
  }
  return cache.client;
}

/** 503 STRIPE_NOT_CONFIGURED: this instance cannot sell credits. */
export function notConfigured() {
  return unavailable(
    "Credits cannot be bought here: the operator has to set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET.",
    { reason: "STRIPE_NOT_CONFIGURED" },
  );
}

/** 503 for the caller; what Stripe said is for the log, because it may name the account. */
export function stripeFailure(cause: unknown) {
  log.error({ err: cause }, "Stripe did not take a request");
  return unavailable("The payment provider does not answer as it should. Nothing was charged; try again in a minute.", {
    reason: "STRIPE_UNAVAILABLE",
    retryAfterSeconds: 60,
    cause,
  });
}

/** What Stripe calls the reason, such as `resource_missing`, with the parameter it is about. */
export function stripeReason(error: unknown): { code: string | undefined; param: string | undefined } {
  const isStripe = error instanceof Stripe.errors.StripeError;
  return { code: isStripe ? error.code : undefined, param: isStripe ? error.param : undefined };
}

/** A refusal of the card or of the request itself: trying the same again would change nothing. */
export function isFinalRefusal(error: unknown): error is Stripe.errors.StripeError {
  return error instanceof Stripe.errors.StripeCardError || error instanceof Stripe.errors.StripeInvalidRequestError;
}
