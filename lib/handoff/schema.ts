import { z } from "zod";
import { BestAccount } from "#lib/account-pool/schema";
import { KnowledgeIds } from "#lib/knowledge/schema";
import { creditsMax } from "#lib/work-sessions/schema";
import { boundedInteger, oneOf, queryId, requiredInteger } from "#lib/workdesk/fields";
import { SqlTime } from "#lib/workdesk/sql-time";

export const levels = ["low", "medium", "high"] as const;
export type Level = (typeof levels)[number];
export const modes = ["documented", "verified"] as const;
export const kinds = ["compress", "smart", "rotation"] as const;

/** The body itself may have 5 MB. */
const contextMax = 5 * 1024 * 1024;

// Unlike other texts it is kept as it is: blank lines at its ends are lines too.
const Context = z
  .string({
    error: ({ input }) => (input === undefined || input === null ? "context is required" : "context must be a string"),
  })
  .max(contextMax, "context must have at most 5 MB")
  .refine((text) => /\S/.test(text), "context is required")
  .meta({ override: { type: "string", minLength: 1, maxLength: contextMax } });

const Mode = oneOf("mode", modes)
  .default("documented")
  .meta({ description: "`verified`: a model writes the briefing, and it is checked against the original." });

const ProjectId = requiredInteger("project_id");

export const Compress = z.object({
  project_id: ProjectId,
  context: Context,
  credits_used: boundedInteger("credits_used", 0, creditsMax).optional(),
  from_account_id: z.int("from_account_id must be an integer").optional(),
  mode: Mode,
  knowledge_ids: KnowledgeIds,
});
export type Compress = z.output<typeof Compress>;

export const SmartCompress = z.object({
  project_id: ProjectId,
  context: Context,
  compress_level: oneOf("compress_level", levels).default("medium"),
  mode: Mode,
  knowledge_ids: KnowledgeIds,
});
export type SmartCompress = z.output<typeof SmartCompress>;

export const Verification = z
  .object({
    recall: z.number().meta({ description: "Share of the questions that the briefing alone answers, 0 to 1." }),
    questions: z.int(),
    answered: z.int(),
    compression_ratio: z.int().meta({ description: "Percent of the characters that were left out." }),
    model: z.string(),
    run_id: z.string(),
  })
  .meta({ id: "HandoffVerification" });
export type Verification = z.infer<typeof Verification>;

const written = {
  briefing: z.string(),
  handoff_id: z.int(),
  mode: z.enum(modes).meta({ description: "`documented` also when no model could answer." }),
  verification: Verification.optional(),
};

export const CompressStats = z.object({
  original_lines: z.int(),
  compressed_lines: z.int(),
  compression_ratio: z.int().meta({ description: "Percent of the lines that were left out." }),
});
export type CompressStats = z.infer<typeof CompressStats>;

export const Briefing = z.object(written);
export type Briefing = z.infer<typeof Briefing>;
export const SmartBriefing = z.object({ ...written, stats: CompressStats });
export type SmartBriefing = z.infer<typeof SmartBriefing>;

export const AutoRotate = z.object({
  current_account_id: requiredInteger("current_account_id"),
  project_id: ProjectId,
  dry_run: z
    .boolean("dry_run must be true or false")
    .default(false)
    .meta({ description: "Answers what would happen and changes nothing." }),
});
export type AutoRotate = z.output<typeof AutoRotate>;

export const Rotation = z.object({
  next_account: BestAccount,
  briefing: z.string(),
  handoff_id: z.int().nullable(),
  dry_run: z.boolean(),
});
export type Rotation = z.infer<typeof Rotation>;

export const Handoff = z
  .object({
    id: z.int(),
    project_id: z.int(),
    project_name: z.string(),
    session_id: z.int().nullable(),
    session_number: z.int().nullable(),
    from_account_id: z.int().nullable(),
    from_account_name: z.string().nullable(),
    to_account_id: z.int().nullable(),
    to_account_name: z.string().nullable(),
    kind: z.enum(kinds),
    mode: z.enum(modes),
    level: z.enum(levels).nullable(),
    stats: CompressStats.nullable(),
    verification: Verification.nullable(),
    created_at: SqlTime,
  })
  .meta({ id: "Handoff" });
export type Handoff = z.infer<typeof Handoff>;

export const Handoffs = z.object({ data: z.array(Handoff) });
export type Handoffs = z.infer<typeof Handoffs>;

export const HandoffDetails = Handoff.extend({
  briefing: z.string(),
  original: z.string().nullable().meta({ description: "The whole text that was handed over." }),
  knowledge: z.array(z.object({ id: z.int(), title: z.string() })),
}).meta({ id: "HandoffDetails" });
export type HandoffDetails = z.infer<typeof HandoffDetails>;
export const HandoffAnswer = z.object({ data: HandoffDetails });
export type HandoffAnswer = z.infer<typeof HandoffAnswer>;

export const HandoffQuery = z.object({ project_id: queryId("project_id").optional() });
export type HandoffQuery = z.infer<typeof HandoffQuery>;
