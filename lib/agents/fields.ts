import { z } from "zod";
import { DeclarativeManifest } from "#lib/packages/manifest";

export const agentModels = ["k2p5", "sonnet", "opus"] as const;
export type AgentModel = (typeof agentModels)[number];
export const agentPriorities = ["low", "normal", "high"] as const;
export type AgentPriority = (typeof agentPriorities)[number];
export const agentStatuses = ["spawning", "running", "completed", "failed", "cancelled"] as const;
export type AgentStatus = (typeof agentStatuses)[number];

const taskCharactersMax = 2_000;

/** Document 004's field of a task, with its messages. */
const task = z
  .string("Task cannot be empty")
  .refine((text) => text.trim() !== "", "Task cannot be empty")
  .refine((text) => [...text].length <= taskCharactersMax, `Task exceeds ${taskCharactersMax} characters`)
  .meta({ minLength: 1, maxLength: taskCharactersMax });
const model = z.enum(agentModels, `Invalid model. Must be one of: ${agentModels.join(", ")}`);
const priority = z.enum(agentPriorities, `Invalid priority. Must be one of: ${agentPriorities.join(", ")}`);
const seconds = "timeout must be a whole number of seconds from 1 to 3600";
const timeout = z.int(seconds).min(1, seconds).max(3_600, seconds);

const claim = (name: string) => z.boolean(`privacy.${name} must be true or false`).default(false);
const days = "privacy.retention_days must be a whole number from 1 to 365";
const privacy = z.object(
  {
    detect_pii: claim("detect_pii"),
    mask_pii_in_logs: claim("mask_pii_in_logs"),
    encrypt_output: claim("encrypt_output"),
    retention_days: z.int(days).min(1, days).max(365, days).optional(),
  },
  "privacy must be an object",
);

const declaredTools = DeclarativeManifest.shape.tools.unwrap();
type DeclaredTools = z.infer<typeof declaredTools>;

const placeOf = (path: readonly PropertyKey[]) =>
  path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");

/** HTTP tools as a package declares them; what is wrong is told with its place, for errors that have no other room for it. */
const tools = z
  .unknown()
  .transform((value, ctx): DeclaredTools => {
    const parsed = declaredTools.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    ctx.addIssue({ code: "custom", message: `tools${placeOf(issue?.path ?? [])}: ${issue?.message}`, input: value });
    return z.NEVER;
  })
  .meta({ override: z.toJSONSchema(declaredTools, { io: "input" }) as object })
  .optional();

/** What a spawn of an agent and of a team have in common. Fields that document 004 does not know are Baton's own. */
export const spawnFields = {
  task,
  priority: priority.default("normal"),
  timeout: timeout.default(300).meta({ description: "Seconds of work, 1 to 3600; then the agent fails with Timeout." }),
  privacy: privacy.prefault({}),
  tools: tools.meta({ description: "Baton's own: HTTP calls that the model may make." }),
  use_knowledge: z
    .boolean("use_knowledge must be true or false")
    .default(false)
    .meta({ description: "Baton's own: gives what the knowledge base holds on the task." }),
  quote_id: z
    .string("quote_id must be a text")
    .max(100)
    .optional()
    .meta({ description: "Baton's own: the quote under which the work is sold; its tokens are the ceiling." }),
};

export const agentModel = model.optional().meta({ description: "Baton chooses one unless said." });
