import { z } from "zod";
import { boundedInteger, oneOf, optionalText, queryId, requiredInteger } from "#lib/workdesk/fields";
import { SqlTime } from "#lib/workdesk/sql-time";

export const sessionTypes = ["development", "bugfix", "feature", "refactor", "deployment"] as const;
export const sessionStatuses = ["in_progress", "completed", "failed", "handed_off"] as const;
export type SessionStatus = (typeof sessionStatuses)[number];
export const textMax = 10_000;
export const creditsMax = 1_000_000_000;

export const WorkSession = z
  .object({
    id: z.int(),
    project_id: z.int(),
    account_id: z.int(),
    session_number: z.int().meta({ description: "1, 2, 3 … inside one project." }),
    session_type: z.enum(sessionTypes),
    objectives: z.string().nullable(),
    accomplishments: z.string().nullable(),
    blockers: z.string().nullable(),
    credits_used: z.int(),
    duration_minutes: z.int().nullable(),
    status: z.enum(sessionStatuses),
    started_at: SqlTime,
    completed_at: SqlTime.nullable(),
    project_name: z.string(),
    account_name: z.string(),
  })
  .meta({ id: "WorkSession" });
export type WorkSession = z.infer<typeof WorkSession>;

export const WorkSessions = z.object({ data: z.array(WorkSession) });
export type WorkSessions = z.infer<typeof WorkSessions>;
export const WorkSessionAnswer = z.object({ data: WorkSession });
export type WorkSessionAnswer = z.infer<typeof WorkSessionAnswer>;

export const WorkSessionQuery = z.object({
  project_id: queryId("project_id").optional(),
  account_id: queryId("account_id").optional(),
});
export type WorkSessionQuery = z.infer<typeof WorkSessionQuery>;

export const CreateWorkSession = z.object({
  project_id: requiredInteger("project_id"),
  account_id: requiredInteger("account_id"),
  session_type: oneOf("session_type", sessionTypes).default("development"),
  objectives: optionalText("objectives", textMax),
});
export type CreateWorkSession = z.output<typeof CreateWorkSession>;

export const CreatedWorkSession = z.object({
  id: z.int(),
  session_number: z.int(),
  suggestions: z
    .array(z.object({ id: z.int(), category: z.string(), title: z.string() }))
    .meta({ description: "Entries of the knowledge base that fit the objectives, best first." }),
});
export type CreatedWorkSession = z.infer<typeof CreatedWorkSession>;

export const UpdateWorkSession = z.object({
  status: oneOf("status", sessionStatuses).optional(),
  credits_used: boundedInteger("credits_used", 0, creditsMax).optional(),
  objectives: optionalText("objectives", textMax),
  accomplishments: optionalText("accomplishments", textMax),
  blockers: optionalText("blockers", textMax),
});
export type UpdateWorkSession = z.infer<typeof UpdateWorkSession>;

export const AnalyzeCredits = z.object({
  project_id: requiredInteger("project_id"),
  days: boundedInteger("days", 1, 3_650).default(30),
});
export type AnalyzeCredits = z.output<typeof AnalyzeCredits>;

export const CreditAnalysis = z
  .object({
    total_sessions: z.int(),
    total_credits: z.int(),
    avg_credits_per_session: z.number().meta({ description: "Rounded to one decimal." }),
    min_credits: z.int(),
    max_credits: z.int(),
    efficiency_score: z.enum(["optimal", "good", "needs_improvement"]),
    recommendations: z.array(z.string()).min(1),
  })
  .meta({ id: "CreditAnalysis" });
export type CreditAnalysis = z.infer<typeof CreditAnalysis>;
