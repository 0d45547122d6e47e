import { z } from "zod";
import type { RunKind, RunStatus, RunStrategy } from "#lib/runs/schema";

export const runKinds = [
  "completion",
  "chat",
  "orchestration",
  "agent",
  "team",
  "invocation",
  "handoff",
] as const satisfies RunKind[];
export const runStrategies = ["passthrough", "single", "refine", "team", "debate"] as const satisfies RunStrategy[];
export const runStatuses = ["queued", "running", "completed", "failed", "cancelled"] as const satisfies RunStatus[];
export const runSorts = ["newest", "oldest", "cost", "tokens", "duration"] as const;
export type RunSort = (typeof runSorts)[number];

const Day = z.iso.date();

/** What narrows and orders a list of runs. Days are UTC and include both ends. */
export const RunFilter = z.object({
  kind: z.enum(runKinds).optional(),
  strategy: z.enum(runStrategies).optional(),
  status: z.enum(runStatuses).optional(),
  model: z.string().min(1).max(200).optional(),
  from: Day.optional(),
  to: Day.optional(),
  text: z.string().trim().min(1).max(200).optional(),
  sort: z.enum(runSorts).default("newest"),
});
export type RunFilter = z.infer<typeof RunFilter>;
