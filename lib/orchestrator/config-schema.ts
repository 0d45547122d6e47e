import { z } from "zod";

const amountMax = 1_000_000;
const amount = (name: string) => {
  const message = `${name} must be a number of dollars from 0 to ${amountMax}`;
  return z.number(message).min(0, message).max(amountMax, message);
};
const calls = (name: string) => {
  const message = `provider_limits.${name} must be a whole number of calls an hour from 0 to 1000000, or null`;
  return z.int(message).min(0, message).max(1_000_000, message).nullable().optional();
};
const percents = "spending_alerts.percents must be up to 10 whole numbers from 1 to 100";
const days = "retention_days must be a whole number from 1 to 365";
const budgetAmount = amount("daily_budget of a key or team");

/** What is left out stays as it is. */
export const UpdateConfig = z.object({
  daily_budget: amount("daily_budget").optional(),
  provider_limits: z
    .object({ anthropic: calls("anthropic"), "kimi-coding": calls("kimi-coding") }, "provider_limits must be an object")
    .optional(),
  spending_alerts: z
    .object(
      {
        percents: z.array(z.int(percents).min(1, percents).max(100, percents), percents).max(10, percents).optional(),
        mail: z.boolean("spending_alerts.mail must be true or false").optional(),
      },
      "spending_alerts must be an object",
    )
    .optional(),
  retention_days: z.int(days).min(1, days).max(365, days).optional(),
  budgets: z
    .array(
      z.object(
        {
          scope: z.enum(["key", "team"], "scope of a budget must be key or team"),
          id: z.string("id of a budget must name a key or a team").min(1).max(200),
          daily_budget: budgetAmount.nullable(),
        },
        "budgets must be an array of {scope, id, daily_budget}",
      ),
      "budgets must be an array of {scope, id, daily_budget}",
    )
    .max(100, "budgets may name 100 keys and teams at a time")
    .optional()
    .meta({ description: "Daily budgets of single keys and teams; null takes one away. Others stay." }),
});
export type UpdateConfig = z.infer<typeof UpdateConfig>;

export const Config = z
  .object({
    daily_budget: z.number(),
    provider_limits: z.object({ anthropic: z.int(), "kimi-coding": z.int() }),
    spending_alerts: z.object({ percents: z.array(z.int()), mail: z.boolean() }),
    retention_days: z.int(),
    budgets: z.array(
      z.object({
        scope: z.enum(["key", "team"]),
        id: z.string(),
        daily_budget: z.number(),
        today_spend: z.number(),
        reserved: z.number(),
      }),
    ),
  })
  .meta({ id: "OrchestratorConfig" });
export type Config = z.infer<typeof Config>;
export const ConfigAnswer = z.object({ success: z.literal(true), config: Config });
