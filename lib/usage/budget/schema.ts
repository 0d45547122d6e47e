import { z } from "zod";

const creditsMax = 1_000_000_000;
const message = `Must be a whole number of credits from 1 to ${creditsMax}, or null for no budget`;

export const UpdateBudget = z.object({
  monthlyCredits: z.int(message).min(1, message).max(creditsMax, message).nullable(),
});
export type UpdateBudget = z.infer<typeof UpdateBudget>;

export const Budget = z
  .object({
    monthlyCredits: z.int().nullable().meta({ description: "Credits per UTC month; null when there is no budget." }),
    creditsUsed: z.int().meta({ description: "Since the first of this month, UTC." }),
    percentUsed: z.number().nullable().meta({ description: "Of the budget, one decimal." }),
    month: z.string().meta({ example: "2027-03" }),
    alerts: z.array(
      z.object({
        percent: z.int().meta({ description: "50, 80 or 100: announced once per month each." }),
        creditsUsed: z.int(),
        monthlyCredits: z.int().meta({ description: "The budget as it was then." }),
        timestamp: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: "UsageBudget" });
export type Budget = z.infer<typeof Budget>;
export const BudgetAnswer = z.object({ budget: Budget });
export type BudgetAnswer = z.infer<typeof BudgetAnswer>;
