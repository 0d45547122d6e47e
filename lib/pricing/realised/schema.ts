import { z } from "zod";
import { queryInteger } from "#lib/page";
import { bodyObject, deliveryType, quoteFields, segment, shortText } from "#lib/pricing/fields";
import { quotedModels, segments } from "#lib/pricing/names";
import { Guardrail, Quote } from "#lib/pricing/quotes/schema";

export const RealisedQuery = z.object({
  days: queryInteger({ min: 1, max: 366 })
    .optional()
    .meta({ description: "How many UTC days back, today included; 30 unless said." }),
});
export type RealisedQuery = z.infer<typeof RealisedQuery>;

const Margins = z.object({
  quotes: z.int().meta({ description: "Quotes whose work was done." }),
  attempts: z.int().meta({ description: "Runs it took, failed ones included." }),
  revenue: z.number(),
  quoted_cost: z.number(),
  actual_cost: z.number(),
  quoted_margin_pct: z.number(),
  realised_margin_pct: z.number(),
});
export const RealisedAnswer = z.object({
  success: z.literal(true),
  days: z.int(),
  total: Margins,
  by_model_and_segment: z.array(Margins.extend({ model: z.enum(quotedModels), segment: z.enum(segments) })),
});
export type RealisedAnswer = z.infer<typeof RealisedAnswer>;

export const IntervalInput = z
  .object(
    {
      model: quoteFields.model,
      complexity: quoteFields.complexity,
      delivery_type: deliveryType,
      segment,
      task_type: shortText("task_type", 100)
        .default("agent")
        .meta({ description: "What the runs' input calls their task_type, else their kind (agent, team, chat, ...)." }),
    },
    bodyObject,
  )
  .meta({ id: "PricingIntervalInput" });
export type IntervalInput = z.infer<typeof IntervalInput>;

const Point = z.object({ quote: Quote, guardrail_check: Guardrail });
export const IntervalAnswer = z.object({
  success: z.literal(true),
  task_type: z.string(),
  sample_count: z.int().meta({ description: "Completed runs of the last 90 days it was made of, at most 1000." }),
  status: z.enum(["complete", "insufficient_data"]),
  p50: Point.nullable(),
  p90: Point.nullable(),
});
export type IntervalAnswer = z.infer<typeof IntervalAnswer>;
