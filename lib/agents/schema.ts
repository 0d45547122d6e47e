import { z } from "zod";
import { agentModel, agentPriorities, agentStatuses, spawnFields } from "#lib/agents/fields";
import { withItems } from "#lib/item-schemas";
import { Links, Pagination } from "#lib/list/page";

const Time = z.iso.datetime();

export const Spawn = z.object({ model: agentModel, ...spawnFields }).meta({ id: "Spawn" });
export type Spawn = z.infer<typeof Spawn>;

export const SpawnTeam = z.object({
  team: z.string("team must name a team").max(100, "team must name a team"),
  ...spawnFields,
});
export type SpawnTeam = z.infer<typeof SpawnTeam>;

const batchMax = 20;
const batchSize = `agents must be an array of 1 to ${batchMax} agents`;

/** Up to 20 bodies of A19; the first that is wrong ends it, with its place. */
export const SpawnBatch = z.object({
  agents: withItems(
    z.unknown().transform((value, ctx): Spawn[] => {
      const refuse = (message: string) => {
        ctx.addIssue({ code: "custom", message, input: value });
        return z.NEVER;
      };
      if (!Array.isArray(value) || value.length < 1 || value.length > batchMax) return refuse(batchSize);
      const spawns: Spawn[] = [];
      for (const [index, one] of value.entries()) {
        const parsed = Spawn.safeParse(one);
        if (!parsed.success) return refuse(`agents[${index}]: ${messageOf(parsed.error)}`);
        spawns.push(parsed.data);
      }
      return spawns;
    }),
    { item: Spawn, min: 1, max: batchMax },
  ),
});
export type SpawnBatch = z.infer<typeof SpawnBatch>;

const messageOf = (error: z.ZodError) => error.issues[0]?.message ?? "Invalid";

const Status = z.enum(agentStatuses);
const simulated = z.boolean().meta({ description: "Whether the simulator answered: nobody asks for its cost." });

const SpawnedFields = { agent_id: z.string(), model: z.string(), status: Status, estimated_cost: z.number() };
export const Spawned = z.object({ success: z.literal(true), ...SpawnedFields });
export type Spawned = z.infer<typeof Spawned>;

export const SpawnedTeam = z.object({
  success: z.literal(true),
  agent_id: z.string(),
  team: z.string(),
  models: z.array(z.string()),
  status: Status,
  estimated_cost: z.number(),
});
export type SpawnedTeam = z.infer<typeof SpawnedTeam>;

export const SpawnedBatch = z.object({
  success: z.literal(true),
  agents: z.array(z.object(SpawnedFields)),
  count: z.int(),
  total_estimated_cost: z.number(),
});
export type SpawnedBatch = z.infer<typeof SpawnedBatch>;

export const ListedAgent = z
  .object({
    agent_id: z.string(),
    model: z.string(),
    status: Status,
    task: z.string().meta({ description: "The first 100 characters, masked when the agent says so." }),
    team: z.string().nullable(),
    created_at: Time,
    started_at: Time.nullable(),
    estimated_cost: z.number(),
    actual_cost: z.number(),
    simulated,
  })
  .meta({ id: "ListedAgent" });
export type ListedAgent = z.infer<typeof ListedAgent>;

export const AgentList = z.object({
  data: z.array(ListedAgent),
  pagination: Pagination,
  links: Links,
  meta: z.object({ total_cost: z.number(), by_model: z.record(z.string(), z.int()) }),
});
export type AgentList = z.infer<typeof AgentList>;

export const AgentDetails = z
  .object({
    agent_id: z.string(),
    model: z.string(),
    status: Status,
    task: z.string(),
    created: Time,
    started: Time.nullable(),
    completed: Time.nullable(),
    result: z.string().nullable(),
    cost: z.number(),
    estimated_cost: z.number(),
    team: z.string().nullable(),
    priority: z.enum(agentPriorities),
    timeout: z.int(),
    error: z.string().nullable(),
    quote_id: z.string().nullable(),
    run_id: z.string().meta({ description: "Of `GET /api/runs/{id}/events`." }),
    simulated,
    privacy: z.object({
      detect_pii: z.boolean(),
      mask_pii_in_logs: z.boolean(),
      encrypt_output: z.boolean(),
      retention_days: z.int().nullable(),
      pii_found: z.array(z.string()),
    }),
  })
  .meta({ id: "Agent" });
export type AgentDetails = z.infer<typeof AgentDetails>;

export const ActiveAgents = z.object({
  agents: z.array(z.object({ agent_id: z.string(), model: z.string(), status: Status, task: z.string() })),
  count: z.int(),
  total_cost_today: z.number(),
});
export type ActiveAgents = z.infer<typeof ActiveAgents>;

export const CancelledAgent = z.object({ success: z.literal(true), message: z.string(), refund: z.number() });
export type CancelledAgent = z.infer<typeof CancelledAgent>;
