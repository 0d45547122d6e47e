import { z } from "zod";
import { customCredits, packageNames, priceOf } from "#lib/billing/prices";
import { PageQuery } from "#lib/page";

const Time = z.iso.datetime();
const PackageName = z.enum(packageNames, `Must be one of ${packageNames.join(", ")}`);
const creditsMessage = `Must be a whole number from ${customCredits.min} to ${customCredits.max}`;
const Credits = z
  .int(creditsMessage)
  .min(customCredits.min, creditsMessage)
  .max(customCredits.max, creditsMessage)
  .meta({ description: "Credits at $0.01 each, or the figure of the package." });

export const CreditBalance = z.object({
  credits: z.int(),
  usage_this_month: z.int().meta({ description: "Credits used since the first of the month (UTC)." }),
  last_topped_up: Time.nullable(),
  status: z.enum(["active", "past_due"]),
  credits_owed: z
    .int()
    .meta({ description: "Spent credits of refunded or disputed top-ups; the next purchases pay them back first." }),
});
export type CreditBalance = z.infer<typeof CreditBalance>;

export const CreateTopup = z
  .object({
    package: PackageName.optional(),
    credits: Credits.optional(),
    save_payment_method: z
      .boolean()
      .default(false)
      .meta({ description: "Keep the payment method for automatic top-ups; also done when those are switched on." }),
  })
  .superRefine((input, context) => {
    const price = priceOf(input);
    if (!price.ok) context.addIssue({ code: "custom", path: [price.field], message: price.message });
  });
export type CreateTopup = z.infer<typeof CreateTopup>;

export const CheckoutSession = z.object({
  sessionUrl: z.url().meta({ description: "Where the buyer pays." }),
  sessionId: z.string(),
});
export type CheckoutSession = z.infer<typeof CheckoutSession>;

export const TopupStatus = z.enum(["pending", "paid", "failed", "expired", "refunded", "disputed"]);
export type TopupStatus = z.infer<typeof TopupStatus>;

export const Topup = z
  .object({
    id: z.uuid(),
    kind: z.enum(["checkout", "automatic"]),
    status: TopupStatus,
    package: PackageName.nullable(),
    credits: z.int(),
    credits_taken_back: z.int(),
    amount_cents: z.int(),
    currency: z.string(),
    session_id: z.string().nullable(),
    receipt_url: z.string().nullable(),
    failure: z.string().nullable(),
    created_at: Time,
    paid_at: Time.nullable(),
  })
  .meta({ id: "Topup" });
export type Topup = z.infer<typeof Topup>;
export const Topups = z.object({ topups: z.array(Topup) });

export const TopupsQuery = PageQuery.extend({
  session_id: z.string().max(255).optional().meta({ description: "Of one checkout: none until it is known." }),
});
export type TopupsQuery = z.infer<typeof TopupsQuery>;

const dateMessage = "Must be a date (2027-03-01) or a time (2027-03-01T08:15:00Z)";
const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })], dateMessage);

export const HistoryQuery = PageQuery.extend({
  type: z.enum(["purchase", "usage", "refund", "grant"]).optional(),
  from: Moment.optional().meta({ description: "The first moment; a date means its beginning (UTC)." }),
  to: Moment.optional().meta({ description: "The last moment; a date means its end (UTC)." }),
  format: z.enum(["json", "csv"]).optional().meta({ description: "csv: all rows of the filter, as a file." }),
}).superRefine(({ from, to }, context) => {
  if (from && to && Date.parse(from) > Date.parse(to))
    context.addIssue({ code: "custom", path: ["from"], message: "from must not be after to" });
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

export const CreditTransaction = z.object({
  id: z.uuid(),
  type: z.enum(["purchase", "usage", "refund", "grant"]),
  amount: z.int(),
  balance_after: z.int(),
  description: z.string(),
  created_at: Time,
});
export type CreditTransaction = z.infer<typeof CreditTransaction>;
export const CreditHistory = z.object({ transactions: z.array(CreditTransaction) });

const thresholdMessage = "Must be a whole number from 1 to 1000000";
const capMessage = "Must be a whole number from 1 to 10000000";
export const UpdateAutoTopup = z.object({
  enabled: z.boolean("Must be true or false").optional(),
  threshold: z.int(thresholdMessage).min(1, thresholdMessage).max(1_000_000, thresholdMessage).optional(),
  package: PackageName.nullable().optional(),
  credits: Credits.optional(),
  daily_cap: z.int(capMessage).min(1, capMessage).max(10_000_000, capMessage).optional(),
});
export type UpdateAutoTopup = z.infer<typeof UpdateAutoTopup>;

export const AutoTopup = z.object({
  enabled: z.boolean(),
  threshold: z.int().meta({ description: "A balance below it starts a top-up." }),
  package: PackageName.nullable(),
  credits: z.int().meta({ description: "Credits of one top-up." }),
  amount_cents: z.int(),
  daily_cap: z.int().meta({ description: "Credits that may be bought automatically in one day (UTC)." }),
  has_payment_method: z.boolean().meta({ description: "false: the next checkout saves one." }),
  failures: z.int().meta({ description: "In a row; the third switches automatic top-ups off." }),
  last_failure: z.string().nullable(),
});
export type AutoTopup = z.infer<typeof AutoTopup>;
