import { z } from "zod";
import { bodyObject, choice, decimalNumber, shortText } from "#lib/pricing/fields";
import { decisionStatuses, variants } from "#lib/pricing/names";
import { Pagination } from "#lib/pricing/paging";
import { ExperimentSummary } from "#lib/pricing/review/schema";

export const NewExperiment = z
  .object(
    {
      name: shortText("name", 100),
      markup_adjustment: decimalNumber("markup_adjustment", { min: -100, max: 100 }).meta({
        description: "Added to the final markup of the variant test.",
      }),
      test_share_pct: decimalNumber("test_share_pct", { min: 0, max: 100 })
        .optional()
        .meta({ description: "The share of subjects that get the variant test; 50 unless said." }),
    },
    bodyObject,
  )
  .meta({ id: "NewPricingExperiment" });
export type NewExperiment = z.infer<typeof NewExperiment>;

export const AssignInput = z
  .object({ subject: shortText("subject", 200) }, bodyObject)
  .meta({ id: "PricingAssignInput" });
export type AssignInput = z.infer<typeof AssignInput>;

export const TrackInput = z
  .object(
    {
      subject: shortText("subject", 200),
      decision_status: choice("decision_status", decisionStatuses),
      gross_margin_pct: decimalNumber("gross_margin_pct"),
    },
    bodyObject,
  )
  .meta({ id: "PricingTrackInput" });
export type TrackInput = z.infer<typeof TrackInput>;

export const Experiment = z
  .object({
    experiment_id: z.string(),
    name: z.string(),
    status: z.enum(["running", "completed"]),
    markup_adjustment: z.number(),
    test_share_pct: z.number(),
    created_at: z.iso.datetime(),
    completed_at: z.iso.datetime().nullable(),
    summary: ExperimentSummary,
  })
  .meta({ id: "PricingExperiment" });
export type Experiment = z.infer<typeof Experiment>;

export const ExperimentAnswer = z.object({ success: z.literal(true), experiment: Experiment });
export type ExperimentAnswer = z.infer<typeof ExperimentAnswer>;
export const Experiments = z.object({
  success: z.literal(true),
  experiments: z.array(Experiment),
  pagination: Pagination,
});
export type Experiments = z.infer<typeof Experiments>;

export const AssignAnswer = z.object({
  success: z.literal(true),
  experiment_id: z.string(),
  subject: z.string(),
  variant: z.enum(variants),
  markup_adjustment: z.number().meta({ description: "0 for the variant control." }),
});
export type AssignAnswer = z.infer<typeof AssignAnswer>;
