import { z } from "zod";
import { PolicyWire } from "#lib/pricing/policy/schema";
import { Guardrail, Quote } from "#lib/pricing/quotes/schema";

const QuotesBySegment = z.object({ enterprise: Quote, mid_market: Quote, smb: Quote, startup: Quote });

export const StatusAnswer = z.object({
  success: z.literal(true),
  pricing_policy: PolicyWire,
  example_quotes: QuotesBySegment,
  guardrail_check: Guardrail,
});

const ByModel = z.record(z.string(), z.object({ cost: z.number(), calls: z.int(), avg_per_call: z.number() }));
const Health = z
  .object({
    status: z.enum(["healthy", "warning", "critical"]),
    daily_cost: z.number(),
    daily_budget: z.number(),
    budget_utilization_pct: z.number(),
    tasks_completed: z.int(),
    avg_cost_per_task: z.number(),
    issues: z.array(z.string()),
  })
  .meta({ id: "PricingHealth" });

export const HealthAnswer = z.object({ success: z.literal(true), health: Health.extend({ by_model: ByModel }) });

export const ReportAnswer = z.object({
  success: z.literal(true),
  report: z.object({
    generated_at: z.iso.datetime(),
    period: z.literal("daily"),
    health: Health,
    by_model: ByModel,
    sample_quotes_by_segment: QuotesBySegment,
    pricing_policy: PolicyWire,
  }),
});
