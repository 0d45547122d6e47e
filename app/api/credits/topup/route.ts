import { startCheckout } from "#lib/billing/checkout";
import { CheckoutSession, CreateTopup } from "#lib/billing/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { idempotencyKeyOf } from "#lib/http/idempotency";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "createTopup",
  summary: "Start a checkout for credits",
  description:
    "Answers where to pay; the credits arrive when the payment is confirmed. A call repeated with its key answers the same checkout.",
  keepsKey: true,
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  body: CreateTopup,
  response: CheckoutSession,
  errors: ["conflict", "unavailable"],
  // The payment provider is asked in between, so the top-up itself keeps the idempotency key, not the transaction.
  handler: async ({ ctx, body, request, headers }) => {
    const { session, isReplay } = await startCheckout(ctx, body, idempotencyKeyOf(request));
    if (isReplay) headers.set("idempotency-replayed", "true");
    return session;
  },
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
