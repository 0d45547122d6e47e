import { z } from "zod";
import type { PreparedPackage } from "#lib/packages/prepare";

/** The steps of every deployment, in this order (C31). */
export const stepNames = [
  "validate_package",
  "upload_to_s3",
  "generate_metadata",
  "notify_runtime",
  "finalize",
] as const;
export type StepName = (typeof stepNames)[number];

export type DeploymentStatus = "queued" | "processing" | "completed" | "failed" | "cancelled";

/** A deployment that could not be completed so often is failed. */
export const attemptsMax = 3;
/** How long a deployment is said to take (C20). */
export const estimatedSeconds = 120;

/** What a deployment of a package of so many bytes costs: a credit for each begun MB (C20). */
export function costOf(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / (1024 * 1024)));
}

const Time = z.iso.datetime();

const Step = z.object({
  name: z.enum(stepNames),
  status: z.enum(["pending", "processing", "completed", "failed"]),
  started_at: Time.optional(),
  completed_at: Time.optional(),
  error: z.string().optional(),
  log: z.array(z.object({ at: Time, message: z.string() })),
});

export const Deployment = z
  .object({
    id: z.uuid(),
    status: z
      .enum(["queued", "processing", "completed", "failed", "cancelled"])
      .meta({ description: "`cancelled` only after a call of cancel." }),
    package_id: z.uuid(),
    agent_app_id: z.uuid(),
    version: z.string(),
    created_at: Time,
    started_at: Time.nullable(),
    completed_at: Time.nullable(),
    error: z.string().nullable(),
    progress: z.object({ current_step: z.enum(stepNames).nullable(), steps: z.array(Step) }),
    cost_credits: z.int(),
    attempts: z.int(),
    release_notes: z.string().nullable(),
    is_current: z.boolean().meta({ description: "Whether this deployment answers calls of the app now." }),
    superseded_by: z
      .uuid()
      .nullable()
      .meta({ description: "The newer deployment that was live already when this one completed; it stayed live." }),
  })
  .meta({ id: "Deployment" });
export type Deployment = z.infer<typeof Deployment>;

export const DeploymentAnswer = z.object({ deployment: Deployment });
export type DeploymentAnswer = z.infer<typeof DeploymentAnswer>;
export const Deployments = z.object({ deployments: z.array(Deployment) });
export type Deployments = z.infer<typeof Deployments>;

export const QueuedDeployment = z.object({
  deployment: z.object({
    id: z.uuid(),
    status: z.literal("queued"),
    message: z.literal("Deployment queued successfully"),
    queued_at: Time,
    estimated_duration_seconds: z.int(),
  }),
  package: z.object({ id: z.uuid(), version: z.string(), size_bytes: z.int(), status: z.string() }),
  tracking: z.object({ status_url: z.string(), webhook_url: z.string() }),
});
export type QueuedDeployment = z.infer<typeof QueuedDeployment>;

/** What a form for C20 came to. */
export type PreparedDeployment = { prepared: PreparedPackage; releaseNotes: string | null };

export const Rollback = z.object({
  package_id: z.uuid("Must be the id of a package of this app"),
  release_notes: z.string().max(10_000, "Must have at most 10000 characters").optional(),
});
export type Rollback = z.infer<typeof Rollback>;

export const QueueStats = z.object({
  stats: z.object({
    queued: z.int(),
    processing: z.int(),
    completed: z.int(),
    failed: z.int(),
    total: z.int().meta({ description: "The sum of the four." }),
  }),
  health: z.object({ status: z.enum(["healthy", "warning", "critical"]), message: z.string() }),
  metrics: z.object({
    avgProcessingTimeSeconds: z.number().meta({ description: "Of what completed within the last 24 hours." }),
    lastUpdated: Time,
  }),
});
export type QueueStats = z.infer<typeof QueueStats>;

export const CronAnswer = z.union([
  z.object({
    processed: z.literal(true),
    jobId: z.uuid(),
    status: z.enum(["completed", "failed"]),
    duration: z.number().meta({ description: "Seconds." }),
  }),
  z.object({ processed: z.literal(false), message: z.string() }),
]);
export type CronAnswer = z.infer<typeof CronAnswer>;
