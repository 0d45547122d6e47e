import { z } from "zod";
import { CreditBalance } from "#lib/billing/schema";
import { getCreditBalance } from "#lib/billing/service";
import { adds, reads, tool } from "#lib/mcp/tool";
import { QuoteAnswer, QuoteInput } from "#lib/pricing/quotes/schema";
import { createQuote } from "#lib/pricing/quotes/service";
import { getUsageBreakdown } from "#lib/usage/breakdown";
import { Dimension, UsageBreakdown, UsageMetrics } from "#lib/usage/schema";
import { getUsageMetrics } from "#lib/usage/service";

export const quote = tool({
  name: "quote",
  title: "Quote a price",
  description:
    "Prices a piece of model work by its estimated tokens, complexity and customer segment, checks it against the margin policy, and stores the quote. Its quote_id can go along with spawn_agent. Prices in US dollars.",
  scope: "billing:read",
  counts: { family: "agency" },
  hints: adds,
  input: QuoteInput,
  output: QuoteAnswer,
  run: ({ ctx, input }) => createQuote(ctx, input),
});

export const getUsage = tool({
  name: "get_usage",
  title: "Get usage",
  description:
    "Gets invocations, API calls and credits of the last days against as many days before, and how they divide by model, agent app, key or member.",
  scope: "billing:read",
  counts: { family: "cloud" },
  hints: reads,
  input: z.object({
    days: z.int().min(1).max(365).default(30).meta({ description: "UTC days, today included." }),
    by: Dimension.default("model"),
    limit: z.int().min(1).max(50).default(10).meta({ description: "Items; the others are added up." }),
  }),
  output: z.object({ summary: UsageMetrics, breakdown: UsageBreakdown }),
  run: async ({ ctx, input }) => {
    const at = new Date();
    const [summary, breakdown] = await Promise.all([
      getUsageMetrics(ctx, at, input.days),
      getUsageBreakdown(ctx, input, at),
    ]);
    return { summary, breakdown };
  },
});

export const getCredits = tool({
  name: "get_credits",
  title: "Get the credit balance",
  description:
    "Gets the organization's credits and what it has used of them this month (UTC). A credit is one US cent.",
  scope: "billing:read",
  counts: { family: "cloud" },
  hints: reads,
  input: z.object({}),
  output: CreditBalance,
  run: ({ ctx }) => getCreditBalance(ctx),
});
