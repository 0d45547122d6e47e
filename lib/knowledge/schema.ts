import { z } from "zod";
import { boundedInteger, oneOf, requiredText } from "#lib/workdesk/fields";
import { SqlTime } from "#lib/workdesk/sql-time";

export const categories = ["pattern", "error_solution", "optimization", "best_practice", "tip"] as const;
const Category = oneOf("category", categories);

const charactersMax = { title: 200, description: 10_000, tags: 1_000 };

const Tags = z
  .string("tags must be a comma-separated string")
  .max(charactersMax.tags, `tags must have at most ${charactersMax.tags} characters`)
  .transform((text) => {
    const tags = text.split(",").map((tag) => tag.trim());
    return [...new Set(tags.filter(Boolean))].join(",");
  })
  .meta({ override: { type: "string", example: "handoff,context" } });

const rateMessage = "success_rate must be a number from 0 to 1";
const Rate = z.number(rateMessage).min(0, rateMessage).max(1, rateMessage);

export const KnowledgeEntry = z
  .object({
    id: z.int(),
    category: z.enum(categories),
    title: z.string(),
    description: z.string(),
    tags: z.string().meta({ description: "Separated by commas." }),
    usage_count: z.int(),
    success_rate: z.number().meta({ description: "Share of the reported uses that worked out, 0 to 1." }),
    created_at: SqlTime,
    handoffs: z.int().meta({ description: "How many hand-overs it went along with." }),
  })
  .meta({ id: "KnowledgeEntry" });
export type KnowledgeEntry = z.infer<typeof KnowledgeEntry>;

export const KnowledgeList = z.object({ data: z.array(KnowledgeEntry) });
export type KnowledgeList = z.infer<typeof KnowledgeList>;
export const KnowledgeAnswer = z.object({ data: KnowledgeEntry });
export type KnowledgeAnswer = z.infer<typeof KnowledgeAnswer>;

export const KnowledgeQuery = z.object({
  category: Category.optional(),
  q: z
    .string()
    .trim()
    .max(1_000, "q must have at most 1000 characters")
    .optional()
    .meta({ description: "Words to look for; then the best match comes first." }),
});
export type KnowledgeQuery = z.infer<typeof KnowledgeQuery>;

export const CreateKnowledge = z.object({
  category: z.enum(categories, {
    error: ({ input }) =>
      input === undefined ? "category is required" : `category must be one of: ${categories.join(", ")}`,
  }),
  title: requiredText("title", charactersMax.title),
  description: requiredText("description", charactersMax.description),
  tags: Tags.default(""),
  success_rate: Rate.default(1),
});
export type CreateKnowledge = z.output<typeof CreateKnowledge>;

export const UpdateKnowledge = z.object({
  category: Category.optional(),
  title: requiredText("title", charactersMax.title).optional(),
  description: requiredText("description", charactersMax.description).optional(),
  tags: Tags.optional(),
  used: z.boolean("used must be true or false").optional().meta({ description: "true: it was used once more." }),
  success: z
    .boolean("success must be true or false")
    .optional()
    .meta({ description: "With `used`: whether it worked out; moves success_rate." }),
});
export type UpdateKnowledge = z.infer<typeof UpdateKnowledge>;

/** Entries that go along with a hand-over. */
export const KnowledgeIds = z
  .array(boundedInteger("knowledge_ids", 1, Number.MAX_SAFE_INTEGER), "knowledge_ids must be a list of integers")
  .max(20, "knowledge_ids may name at most 20 entries")
  .optional()
  .meta({ description: "Entries of the knowledge base that go along; each counts as used." });

/** An entry as a search finds it. */
export type FoundKnowledge = Pick<KnowledgeEntry, "id" | "category" | "title" | "description" | "tags">;
