import { z } from "zod";
import { bodyObject, deliveryType, jsonList, quoteFields, segment, shortText } from "#lib/pricing/fields";
import { complexities, deliveryTypes, quotedModels, segments, variants } from "#lib/pricing/names";

export const scenariosMax = 100;

const Money = z.number().meta({ description: "US dollars." });
const Percent = z.number();

export const Quote = z
  .object({
    model: z.enum(quotedModels),
    complexity: z.enum(complexities),
    segment: z.enum(segments),
    estimated_input_tokens: z.int(),
    estimated_output_tokens: z.int(),
    internal_cost: Money,
    base_markup: z.number(),
    segment_adjustment: z.number(),
    final_markup: z.number(),
    recommended_price: Money,
    gross_margin_pct: Percent,
    margin_band: z.enum(["strong", "healthy", "at_risk"]),
  })
  .meta({ id: "PricingQuote" });
export type Quote = z.infer<typeof Quote>;

export const Guardrail = z
  .object({
    delivery_type: z.enum(deliveryTypes),
    minimum_margin_pct: Percent,
    actual_margin_pct: Percent,
    is_compliant: z.boolean(),
    action: z.enum(["approve_quote", "escalate_deal_desk"]),
  })
  .meta({ id: "PricingGuardrail" });
export type Guardrail = z.infer<typeof Guardrail>;

export const QuoteInput = z
  .object({ ...quoteFields, delivery_type: deliveryType, segment }, bodyObject)
  .meta({ id: "PricingQuoteInput" });
export type QuoteInput = z.infer<typeof QuoteInput>;

export const BatchInput = z
  .object({ ...quoteFields, delivery_type: deliveryType }, bodyObject)
  .meta({ id: "PricingBatchInput" });
export type BatchInput = z.infer<typeof BatchInput>;

export const Scenario = z.object({ ...quoteFields, segment }, "must be an object");
export type Scenario = z.infer<typeof Scenario>;

export const scenarios = jsonList("scenarios", Scenario, { min: 1, max: scenariosMax });
export const ScenarioInput = z
  .object({ delivery_type: deliveryType, scenarios }, bodyObject)
  .meta({ id: "PricingScenarioInput" });
export type ScenarioInput = z.infer<typeof ScenarioInput>;

export const Checked = z.object({ quote_id: z.string(), quote: Quote, guardrail_check: Guardrail });
export type Checked = z.infer<typeof Checked>;

export const QuoteAnswer = Checked.extend({ success: z.literal(true), policy_version: z.int() });
export type QuoteAnswer = z.infer<typeof QuoteAnswer>;

export const BatchAnswer = z.object({
  success: z.literal(true),
  input_params: z.object({
    model: z.enum(quotedModels),
    complexity: z.enum(complexities),
    estimated_input: z.int(),
    estimated_output: z.int(),
    delivery_type: z.enum(deliveryTypes),
  }),
  quotes_by_segment: z.object({ enterprise: Checked, mid_market: Checked, smb: Checked, startup: Checked }),
  comparison: z.object({
    best_value_segment: z.enum(segments),
    best_value_price: Money,
    highest_margin_segment: z.enum(segments),
    highest_margin_pct: Percent,
  }),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;

export const ScenarioAnswer = z.object({
  success: z.literal(true),
  delivery_type: z.enum(deliveryTypes),
  scenario_count: z.int(),
  compliant_count: z.int(),
  compliance_ratio: z.number(),
  needs_escalation: z.boolean(),
  requires_executive_review: z.boolean(),
  average_margin_pct: Percent,
  results: z.array(Checked),
});
export type ScenarioAnswer = z.infer<typeof ScenarioAnswer>;

/** A quote as it was stored, with what it was made under. */
export const StoredQuote = Checked.extend({
  source: z.enum(["quote", "batch", "decision", "scenario"]),
  policy_version: z.int(),
  experiment_id: z.string().nullable(),
  variant: z.enum(variants).nullable(),
  created_at: z.iso.datetime(),
}).meta({ id: "StoredPricingQuote" });
export type StoredQuote = z.infer<typeof StoredQuote>;
export const StoredQuoteAnswer = z.object({ success: z.literal(true), quote: StoredQuote });
export const StoredQuotes = z.object({ success: z.literal(true), quotes: z.array(StoredQuote), total: z.int() });
export type StoredQuotes = z.infer<typeof StoredQuotes>;

/** A named set of scenarios, to be evaluated again whenever prices or the policy change. */
export const NewScenarioSet = z
  .object({ name: shortText("name", 100), delivery_type: deliveryType, scenarios }, bodyObject)
  .meta({ id: "NewPricingScenarioSet" });
export type NewScenarioSet = z.infer<typeof NewScenarioSet>;
export const ScenarioSet = z
  .object({
    scenario_set_id: z.string(),
    name: z.string(),
    delivery_type: z.enum(deliveryTypes),
    scenarios: z.array(Scenario),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "PricingScenarioSet" });
export type ScenarioSet = z.infer<typeof ScenarioSet>;
export const ScenarioSetAnswer = z.object({ success: z.literal(true), scenario_set: ScenarioSet });
export const ScenarioSets = z.object({ success: z.literal(true), scenario_sets: z.array(ScenarioSet) });
