import { z } from "zod";

// Only what is used of Stripe's objects; whatever else a version of the API adds or drops does not matter here.

const text = z
  .string()
  .min(1)
  .max(255)
  .refine((value) => !value.includes("\0"));
const reference = z
  .union([text, z.object({ id: text }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? null);
const cents = z.int().min(0);
const words = z.record(z.string(), z.unknown()).nullish();
const uuid = z.uuid().nullable().catch(null);

/** Metadata as we write it; what does not look like ours is as good as missing. */
const Metadata = words.transform((given) => ({
  topupId: uuid.parse(given?.topupId ?? null),
  organizationId: typeof given?.organizationId === "string" && given.organizationId ? given.organizationId : null,
  userId: uuid.parse(given?.userId ?? null),
  credits: creditsOf(given?.credits),
}));

const creditsMax = 1_000_000;
function creditsOf(value: unknown): number | null {
  const digits = typeof value === "number" ? String(value) : value;
  if (typeof digits !== "string" || !/^[1-9]\d{0,6}$/.test(digits)) return null;
  return Number(digits) <= creditsMax ? Number(digits) : null;
}

export const CheckoutSessionObject = z.object({
  id: text,
  payment_status: z.string().nullish(),
  payment_intent: reference,
  amount_total: cents.nullish(),
  currency: z.string().length(3).toLowerCase().catch("usd"),
  metadata: Metadata,
});
export type CheckoutSessionObject = z.infer<typeof CheckoutSessionObject>;

export const PaymentIntentObject = z.object({
  id: text,
  customer: reference,
  payment_method: reference,
  setup_future_usage: z.string().nullish(),
  last_payment_error: z.object({ message: z.string().nullish() }).nullish(),
  metadata: Metadata,
});
export type PaymentIntentObject = z.infer<typeof PaymentIntentObject>;

export const ChargeObject = z.object({
  id: text,
  amount: cents.nullish(),
  amount_refunded: cents.nullish(),
  payment_intent: reference,
  receipt_url: z.url().nullish().catch(null),
  metadata: Metadata,
});
export type ChargeObject = z.infer<typeof ChargeObject>;

export const DisputeObject = z.object({
  id: text,
  amount: cents,
  payment_intent: reference,
  status: z.string().nullish(),
});
export type DisputeObject = z.infer<typeof DisputeObject>;
