import { z } from "zod";
import { decimalNumber } from "#lib/pricing/fields";
import { complexities, deliveryTypes, segments } from "#lib/pricing/names";

const markupMax = 100;
const priceMax = 1_000_000;

/** An object of numbers, which a form sends as JSON text. */
function group<const K extends readonly string[]>(name: string, keys: K, min: number, max: number) {
  const message = `${name} must be an object with any of: ${keys.join(", ")}`;
  const read = (value: unknown) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  };
  const numbers = keys.map((key) => [key, decimalNumber(`${name}.${key}`, { min, max }).optional()]);
  const shape = Object.fromEntries(numbers) as Record<K[number], z.ZodOptional<z.ZodType<number>>>;
  return z.preprocess(read, z.strictObject(shape, message)).meta({
    override: {
      type: "object",
      properties: Object.fromEntries(keys.map((key) => [key, { type: "number", minimum: min, maximum: max }])),
    },
  });
}

/** What is left out stays as it is in the policy now in force. */
export const UpdatePolicy = z
  .object(
    {
      complexity_markup: group("complexity_markup", complexities, 0.01, markupMax).optional(),
      segment_adjustments: group("segment_adjustments", segments, -markupMax, markupMax).optional(),
      minimum_price: decimalNumber("minimum_price", { min: 0.01, max: priceMax }).optional(),
      margin_thresholds: group("margin_thresholds", deliveryTypes, 0, 99.99).optional(),
      effective_at: z.iso
        .datetime({ offset: true, error: "effective_at must be a time such as 2027-03-01T00:00:00Z" })
        .optional()
        .meta({ description: "From when it holds; at once unless said. Not in the past." }),
      note: z.string("note must be a text").max(500, "note must have at most 500 characters").optional(),
    },
    "Send the policy as a JSON object",
  )
  .meta({ id: "UpdatePricingPolicy" });
export type UpdatePolicy = z.infer<typeof UpdatePolicy>;

const numbers = <const K extends readonly string[]>(keys: K) =>
  z.object(Object.fromEntries(keys.map((key) => [key, z.number()])) as Record<K[number], z.ZodNumber>);

export const PolicyWire = z
  .object({
    complexity_markup: numbers(complexities),
    segment_adjustments: numbers(segments),
    minimum_price: z.number(),
    margin_thresholds: numbers(deliveryTypes),
  })
  .meta({ id: "PricingPolicy" });

export const PolicyVersion = z
  .object({
    version: z.int().meta({ description: "0: the default policy." }),
    effective_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime().nullable(),
    note: z.string().nullable(),
    status: z.enum(["current", "scheduled", "past"]),
    pricing_policy: PolicyWire,
  })
  .meta({ id: "PricingPolicyVersion" });
export type PolicyVersion = z.infer<typeof PolicyVersion>;

export const PolicyAnswer = z.object({
  success: z.literal(true),
  pricing_policy: PolicyWire,
  version: z.int(),
  effective_at: z.iso.datetime().nullable(),
  scheduled: z.array(PolicyVersion),
});
export type PolicyAnswer = z.infer<typeof PolicyAnswer>;
export const PolicyVersions = z.object({ success: z.literal(true), versions: z.array(PolicyVersion) });

const Change = z.object({ before: z.number(), after: z.number() });

/** What a policy would have changed in the quotes made last. */
export const PolicyPreview = z.object({
  success: z.literal(true),
  pricing_policy: PolicyWire,
  changed: z.array(z.string()).meta({ description: "Figures that differ, such as complexity_markup.high." }),
  quote_count: z.int(),
  changed_price_count: z.int(),
  revenue: Change,
  average_margin_pct: Change,
  compliant_count: z.object({ before: z.int(), after: z.int() }),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;
