import { z } from "zod";

export const sessionStatuses = ["active", "paused", "completed", "cancelled"] as const;
export type SessionStatus = (typeof sessionStatuses)[number];

export const oid = z.string().meta({ description: "24 hex characters.", example: "65f0c0ffee0123456789abcd" });
export const naive = z.string().meta({ description: "UTC without a zone, six decimals: 2027-03-01T08:15:00.123000" });
export const stamps = { created_at: naive, updated_at: naive };

const notBlank = (text: string) => text.trim() !== "";
const prompt = z.string().max(200_000).refine(notBlank, "Must not be blank");
const modelNames = z.array(z.string().min(1).max(200)).max(50);
const iterations = z.int().min(1).max(20);

/** X1 */
export const CreateSession = z
  .object({
    user_id: z.string().min(1).max(200).meta({ description: "Your own label of your end user." }),
    max_iterations: iterations.default(5),
    settings: z
      .object({
        preferred_models: modelNames.default([]).meta({ description: "Names of `GET /api/models/`." }),
        cost_limit: z
          .number()
          .positive()
          .max(1e9)
          .nullable()
          .default(10)
          .meta({ description: "US dollars; null: none." }),
      })
      .prefault({}),
  })
  .meta({ id: "CreateSession" });
export type CreateSession = z.infer<typeof CreateSession>;

export const Session = z
  .object({
    _id: oid,
    user_id: z.string(),
    session_start: naive,
    session_end: naive.nullable(),
    max_iterations: z.int(),
    status: z.enum(sessionStatuses),
    total_cost: z.number(),
    settings: z.object({ preferred_models: z.array(z.string()), cost_limit: z.number().nullable() }),
    ...stamps,
  })
  .meta({ id: "OrchestrationSession" });
export type Session = z.infer<typeof Session>;

/** X4 */
export const ChangeStatus = z.object({ status: z.enum(sessionStatuses) }).meta({ id: "ChangeSessionStatus" });
export type ChangeStatus = z.infer<typeof ChangeStatus>;

/** X5 */
export const CreateThread = z
  .object({
    session_id: z.string(),
    original_prompt: prompt,
    domain: z.string().min(1).max(100).default("general").meta({ description: "Matched against models' specialties." }),
    context: z.string().max(200_000).nullish(),
  })
  .meta({ id: "CreateThread" });
export type CreateThread = z.infer<typeof CreateThread>;

export const Thread = z
  .object({
    _id: oid,
    session_id: oid,
    original_prompt: z.string(),
    domain: z.string(),
    context: z.string().nullable(),
    status: z.enum(["open", "processing", "completed", "failed"]),
    best_response: z.string().nullable(),
    best_score: z.number().nullable(),
    total_cost: z.number(),
    ...stamps,
  })
  .meta({ id: "OrchestrationThread" });
export type Thread = z.infer<typeof Thread>;

export const ThreadDetails = Thread.extend({ orchestrations: z.array(oid) }).meta({ id: "OrchestrationThreadDetails" });
export type ThreadDetails = z.infer<typeof ThreadDetails>;

const candidatesMax = 5;

/** X8. What is not sent is as the session says. */
export const StartOrchestration = z
  .object({
    thread_id: z.string(),
    prompt: prompt.nullish().meta({ description: "The thread's original prompt unless sent." }),
    quote_id: z
      .string()
      .max(100)
      .nullish()
      .meta({ description: "Baton's own: the quote under which the work is sold; its tokens are the ceiling." }),
    settings: z
      .object({
        max_iterations: iterations.nullish(),
        preferred_models: modelNames.nullish(),
        evaluation_threshold: z.number().min(0).max(10).default(8),
        candidates: z
          .int()
          .min(1)
          .max(candidatesMax)
          .default(1)
          .meta({ description: "Answers generated at the same time in a round." }),
      })
      .prefault({}),
  })
  .meta({ id: "StartOrchestration" });
export type StartOrchestration = z.infer<typeof StartOrchestration>;

export const OrchestrationResult = z.object({
  iteration: z.int(),
  model_name: z.string(),
  reasoning: z.string(),
  response: z.string(),
  tokens_used: z.int(),
  cost: z.number(),
  evaluator_model: z.string(),
  score: z.number(),
  feedback: z.string(),
  unscored: z.literal(true).optional().meta({ description: "No evaluator gave a usable score; `score` is 0 then." }),
});
export type OrchestrationResult = z.infer<typeof OrchestrationResult>;

export const stopReasons = ["threshold", "max_iterations", "cost_limit", "error"] as const;

export const Orchestration = z
  .object({
    _id: oid,
    orchestration_id: oid,
    thread_id: oid,
    session_id: oid,
    status: z.enum(["queued", "running", "completed", "failed", "cancelled"]),
    prompt: z.string(),
    settings: z.object({
      max_iterations: z.int(),
      preferred_models: z.array(z.string()),
      evaluation_threshold: z.number(),
      candidates: z.int(),
    }),
    iterations: z.int(),
    results: z.array(OrchestrationResult),
    final_response: z.string().nullable(),
    final_score: z.number().nullable(),
    total_cost: z.number(),
    stop_reason: z.enum(stopReasons).nullable(),
    error: z.string().nullable(),
    simulated: z.literal(true).optional(),
    quote_id: z.string().optional().meta({ description: "The quote under which it is sold." }),
    quote_limit_reached: z
      .literal(true)
      .optional()
      .meta({ description: "The quoted tokens were used up; `stop_reason` is `cost_limit` then." }),
    ...stamps,
    completed_at: naive.nullable(),
  })
  .meta({ id: "Orchestration" });
export type Orchestration = z.infer<typeof Orchestration>;
