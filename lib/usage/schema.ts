import { z } from "zod";
import { queryInteger } from "#lib/page";

const Days = queryInteger({ min: 1, max: 365 }).prefault("30");
const Change = z.number().meta({ description: "Per cent against the 30 days before, one decimal." });

export const UsageMetrics = z
  .object({
    invocations: z.int(),
    invocationsChange: Change,
    packagesUploaded: z.int(),
    packagesChange: Change,
    apiCalls: z.int(),
    apiCallsChange: Change,
    creditsUsed: z.int(),
    creditsChange: Change,
  })
  .meta({ id: "UsageMetrics" });
export type UsageMetrics = z.infer<typeof UsageMetrics>;

export const ChartQuery = z.object({ days: Days });
export const UsageChart = z.object({
  data: z.array(
    z.object({
      date: z.string().meta({ description: "A UTC day such as `Jan 01`.", example: "Jan 01" }),
      invocations: z.int(),
      credits: z.int().meta({ description: "Used less given back; below zero when more was given back that day." }),
    }),
  ),
});
export type UsageChart = z.infer<typeof UsageChart>;

export const ActivityQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, lower: true }).prefault("20"),
  offset: queryInteger({ min: 0, max: 1_000_000 }).prefault("0"),
});
export type ActivityQuery = z.infer<typeof ActivityQuery>;

export const UsageActivity = z.object({
  events: z.array(
    z.object({
      id: z.uuid(),
      type: z.string(),
      description: z.string(),
      value: z.number().optional().meta({ description: "Credits, where there are any." }),
      timestamp: z.iso.datetime(),
    }),
  ),
});
export type UsageActivity = z.infer<typeof UsageActivity>;

export const Dimension = z.enum(["model", "app", "key", "member"]);
export type Dimension = z.infer<typeof Dimension>;
export const BreakdownQuery = z.object({
  by: Dimension,
  days: Days,
  limit: queryInteger({ min: 1, max: 50 }).prefault("10"),
});
export type BreakdownQuery = z.infer<typeof BreakdownQuery>;

const Totals = z.object({
  invocations: z.int(),
  apiCalls: z.int(),
  credits: z.int(),
  costMicros: z
    .int()
    .nullable()
    .meta({ description: "What providers ask, in millionths of a US dollar; null when no price is known." }),
});
export const UsageBreakdown = z
  .object({
    by: Dimension,
    days: z.int(),
    items: z.array(
      Totals.extend({
        id: z.string().nullable().meta({ description: "Null for usage that belongs to none." }),
        name: z.string(),
      }),
    ),
    other: Totals.extend({ count: z.int() }).nullable().meta({ description: "All beyond `limit`, added up." }),
    total: Totals,
  })
  .meta({ id: "UsageBreakdown", description: "The items and `other` add up to `total`, which C26 and C27 show too." });
export type UsageBreakdown = z.infer<typeof UsageBreakdown>;
export type UsageTotals = z.infer<typeof Totals>;
