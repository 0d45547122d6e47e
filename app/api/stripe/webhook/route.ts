import { z } from "zod";
import { receiveStripeEvent } from "#lib/billing/events";
import { readBytes } from "#lib/http/body";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

/** The part of Stripe's event that is read. */
const StripeEvent = z.looseObject({ type: z.string(), data: z.looseObject({ object: z.looseObject({}) }) });

/** Far more than any event of Stripe has; whoever has no secret must not make us hash more. */
const eventBytesMax = 1024 * 1024;

export const POST = endpoint({
  operationId: "receiveStripeEvent",
  summary: "Receive an event of Stripe",
  description: "Opened by the Stripe-Signature header alone.",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "none",
  openedBy: "stripe",
  takes: { "application/json": StripeEvent },
  response: z.object({ received: z.literal(true) }),
  errors: ["validation", "payload_too_large"],
  // No `body`: the signature is over the exact bytes, and nothing is parsed before it holds.
  handler: async ({ request }) =>
    receiveStripeEvent(await readBytes(request, eventBytesMax), request.headers.get("stripe-signature")),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
