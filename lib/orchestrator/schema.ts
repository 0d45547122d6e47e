import { z } from "zod";
import { Decision } from "#lib/pricing/decisions/schema";
import { PolicyWire } from "#lib/pricing/policy/schema";
import { Quote } from "#lib/pricing/quotes/schema";
import { Alert, Comparison, ExceptionAging, Rollup, WeeklyMetrics } from "#lib/pricing/review/schema";

const Time = z.iso.datetime();
const Level = z.enum(["ok", "notice", "warning", "critical"]);
const { complexity_markup, minimum_price } = PolicyWire.shape;
const { estimated_input_tokens: _, estimated_output_tokens: __, ...quoted } = Quote.shape;

const ProviderUse = z.object({
  current: z.int(),
  hourly: z.int(),
  remaining: z.int(),
  utilization_pct: z.number(),
});

export const OrchestratorStatus = z
  .object({
    timestamp: Time,
    models_active: z.int(),
    usage_summary: z.object({
      top_models: z.array(
        z.object({
          model: z.string(),
          calls: z.int(),
          tokens: z.int(),
          avg_tokens_per_call: z.number(),
          estimated_spend: z.number(),
        }),
      ),
      total_calls: z.int(),
    }),
    recent_usage: z.int(),
    daily_budget: z.number(),
    today_spend: z.number(),
    simulated_spend: z.number().meta({ description: "The part of today_spend that the simulator billed." }),
    budget_reserved: z.number().meta({ description: "Held for agents under way, beside today_spend." }),
    budget_remaining: z.number(),
    budget_utilization_pct: z.number(),
    budget_alert_level: Level,
    operational_flags: z.object({
      budget_alert_level: Level,
      max_provider_utilization_pct: z.number(),
      hot_providers: z.array(z.string()),
      requires_ops_attention: z.boolean(),
      recommended_action: z.string(),
    }),
    model_mix_recommendation: z.object({
      strategy: z.string(),
      primary: z.array(z.string()),
      secondary: z.array(z.string()),
      restricted: z.array(z.string()),
      reason: z.string(),
    }),
    pricing_policy: z.object({
      min_markup: z.number(),
      target_markup: z.number(),
      max_markup: z.number(),
      complexity_markup,
      minimum_price,
    }),
    example_task_quote: z.object({ ...quoted, estimated_tokens: z.int() }),
    quote_decision_preview: Decision,
    quote_portfolio_preview: Rollup.extend({ delivery_type: z.string() }),
    portfolio_alert_preview: Alert,
    weekly_metrics_preview: WeeklyMetrics,
    weekly_comparison_preview: Comparison,
    exception_aging_preview: ExceptionAging,
    exception_alert_preview: Alert,
    usage_anomalies: z.object({
      has_anomalies: z.boolean(),
      anomalies: z.array(
        z.object({
          type: z.string(),
          severity: z.enum(["warning", "critical"]),
          message: z.string(),
          value: z.number(),
          threshold: z.number(),
        }),
      ),
      count: z.int(),
      severity: z.enum(["none", "warning", "critical"]),
    }),
    monthly_forecast: z.object({
      projected_spend: z.number(),
      budget_ceiling: z.number(),
      delta_to_budget: z.number(),
    }),
    provider_usage: z.object({ anthropic: ProviderUse, "kimi-coding": ProviderUse }),
  })
  .meta({ id: "OrchestratorStatus" });
export type OrchestratorStatus = z.infer<typeof OrchestratorStatus>;

const complexities = ["low", "medium", "high"] as const;
const priorities = ["low", "normal", "high"] as const;
const tokens = "estimated_tokens must be a whole number from 1 to 1000000000";

export const RecommendModel = z.object({
  task_type: z
    .string("task_type must be a text")
    .max(100, "task_type must have at most 100 characters")
    .default("general"),
  complexity: z.enum(complexities, `Invalid complexity. Must be one of: ${complexities.join(", ")}`).default("medium"),
  priority: z.enum(priorities, `Invalid priority. Must be one of: ${priorities.join(", ")}`).default("normal"),
  estimated_tokens: z.int(tokens).min(1, tokens).max(1_000_000_000, tokens).default(1_000),
});
export type RecommendModel = z.infer<typeof RecommendModel>;

export const Recommendation = z.object({
  recommended_model: z.string(),
  budget_available: z.boolean(),
  daily_budget: z.number(),
  today_spend: z.number(),
  budget_remaining: z.number(),
  estimated_cost: z.number(),
  reason: z.string(),
});
export type Recommendation = z.infer<typeof Recommendation>;

export const RateLimits = z.object({
  limits: z.record(
    z.enum(["kimi", "anthropic"]),
    z.object({ used: z.int(), limit: z.int(), remaining: z.int(), reset_at: Time }),
  ),
});
export type RateLimits = z.infer<typeof RateLimits>;

export const SystemStats = z.object({
  cpu_temp: z.number().nullable().meta({ description: "Degrees Celsius; null on a host without a sensor." }),
  load_average: z.number(),
  memory_usage: z.number().meta({ description: "Percent in use." }),
  uptime: z.string(),
  disk_free: z.string(),
  active_agents: z.int(),
});
export type SystemStats = z.infer<typeof SystemStats>;

const day = (name: string) => z.iso.date(`${name} must be a day such as 2026-02-01`).optional();
export const BillingQuery = z.object({ start: day("start"), end: day("end") });
export type BillingQuery = z.infer<typeof BillingQuery>;
const Money = z.record(z.string(), z.number());
export const BillingUsage = z
  .object({
    period: z.string().meta({ example: "2026-02-01 to 2026-02-19" }),
    total_cost: z.number(),
    by_model: Money,
    by_day: Money,
    simulated_cost: z.number().meta({ description: "The part of total_cost that the simulator billed." }),
  })
  .meta({ id: "BillingUsage" });
export type BillingUsage = z.infer<typeof BillingUsage>;
