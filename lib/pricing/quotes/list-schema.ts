import { z } from "zod";
import { PageQuery } from "#lib/page";
import { choice } from "#lib/pricing/fields";
import { deliveryTypes, quotedModels, segments } from "#lib/pricing/names";

export const quoteSources = ["quote", "batch", "decision", "scenario"] as const;
export const guardrailStates = ["met", "missed"] as const;

const day = (name: string) => z.iso.date(`${name} must be a day such as 2027-03-01`).optional();

/** What narrows the list of quotes. Days are UTC, both included. */
export const QuoteFilter = z.object({
  model: choice("model", quotedModels).optional(),
  segment: choice("segment", segments).optional(),
  delivery_type: choice("delivery_type", deliveryTypes).optional(),
  source: choice("source", quoteSources).optional(),
  guardrail: choice("guardrail", guardrailStates)
    .optional()
    .meta({ description: "Whether the margin met the guard-rail when the quote was made." }),
  from: day("from"),
  to: day("to"),
});
export type QuoteFilter = z.infer<typeof QuoteFilter>;

export const QuoteQuery = PageQuery.extend({
  ...QuoteFilter.shape,
  format: z.enum(["json", "csv"]).optional().meta({ description: "csv: all quotes of the filter, as a file." }),
});
export type QuoteQuery = z.infer<typeof QuoteQuery>;
