import { z } from "zod";
import { PageQuery } from "#lib/page";
import { bodyObject, choice, shortText } from "#lib/pricing/fields";
import { decisionStatuses, deliveryTypes } from "#lib/pricing/names";
import { Pagination } from "#lib/pricing/paging";
import { Guardrail, Quote, QuoteInput } from "#lib/pricing/quotes/schema";

export const DecisionInput = z
  .object(
    {
      ...QuoteInput.shape,
      approver: shortText("approver", 100).default("ops-auto"),
      experiment_id: z
        .string("experiment_id must be a text")
        .optional()
        .meta({ description: "Takes part in this experiment; needs a subject." }),
      subject: shortText("subject", 200)
        .optional()
        .meta({ description: "Whom the quote is for: he keeps his variant." }),
    },
    bodyObject,
  )
  .meta({ id: "PricingDecisionInput" });
export type DecisionInput = z.infer<typeof DecisionInput>;

export const decisionStates = ["approved", "waiting", "excepted", "declined"] as const;
export type DecisionState = (typeof decisionStates)[number];

export const Decision = z
  .object({
    decision_status: z.enum(decisionStatuses),
    approver: z.string(),
    delivery_type: z.enum(deliveryTypes),
    next_step: z.enum(["send_quote", "route_to_deal_desk"]),
    generated_at: z.iso.datetime(),
  })
  .meta({ id: "PricingDecision" });

export const DecisionAnswer = z.object({
  success: z.literal(true),
  decision_id: z.string(),
  quote_id: z.string(),
  decision: Decision,
  quote: Quote,
  guardrail_check: Guardrail,
  experiment: z
    .object({ experiment_id: z.string(), subject: z.string(), variant: z.enum(["control", "test"]) })
    .optional(),
});
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

/** A decision with its quote and what the deal desk made of it. */
export const StoredDecision = z
  .object({
    decision_id: z.string(),
    quote_id: z.string(),
    state: z.enum(decisionStates),
    decision: Decision,
    quote: Quote,
    guardrail_check: Guardrail,
    exception_id: z.string().nullable(),
    resolved_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "StoredPricingDecision" });
export type StoredDecision = z.infer<typeof StoredDecision>;

export const DecisionQuery = PageQuery.extend({ state: choice("state", decisionStates).optional() });
export type DecisionQuery = z.infer<typeof DecisionQuery>;
export const Decisions = z.object({
  success: z.literal(true),
  decisions: z.array(StoredDecision),
  pagination: Pagination,
});
export type Decisions = z.infer<typeof Decisions>;
export const OneDecision = StoredDecision.extend({ success: z.literal(true) });
