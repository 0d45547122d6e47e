import { z } from "zod";
import { naive, oid, sessionStatuses, stamps } from "#lib/orchestration/schema";

/** X10. Prices and windows are null only for models that are known by their provider's id alone. */
export const OrchestrationModel = z
  .object({
    _id: oid,
    name: z.string(),
    provider: z.string(),
    version: z.string(),
    specialties: z.array(z.string()),
    cost_per_1k_tokens: z.number().nullable(),
    context_window: z.int().nullable(),
    status: z.enum(["active", "inactive"]),
    ...stamps,
  })
  .meta({ id: "OrchestrationModel" });
export type OrchestrationModel = z.infer<typeof OrchestrationModel>;

export const ModelWithStats = OrchestrationModel.extend({
  stats: z.object({
    total_calls: z.int(),
    total_tokens: z.int(),
    average_score: z.number().nullable(),
    total_cost: z.number(),
  }),
}).meta({ id: "OrchestrationModelWithStats" });
export type ModelWithStats = z.infer<typeof ModelWithStats>;

const sums = {
  user_id: z.string(),
  thread_count: z.int(),
  orchestration_count: z.int(),
  completed_count: z.int(),
  failed_count: z.int(),
  total_iterations: z.int(),
  average_score: z.number().nullable(),
  best_score: z.number().nullable(),
  total_tokens: z.int(),
  total_cost: z.number(),
  models_used: z.array(
    z.object({
      model_name: z.string(),
      calls: z.int(),
      tokens_used: z.int(),
      cost: z.number(),
      average_score: z.number().nullable(),
    }),
  ),
  generated_at: naive,
};

/** X12 */
export const SessionAnalytics = z
  .object({ session_id: oid, status: z.enum(sessionStatuses), duration_seconds: z.number(), ...sums })
  .meta({ id: "SessionAnalytics" });
export type SessionAnalytics = z.infer<typeof SessionAnalytics>;

/** X13 */
export const UserAnalytics = z
  .object({ session_count: z.int(), active_sessions: z.int(), ...sums })
  .meta({ id: "UserAnalytics" });
export type UserAnalytics = z.infer<typeof UserAnalytics>;
