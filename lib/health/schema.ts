import { z } from "zod";

const State = z.enum(["healthy", "degraded", "unhealthy"]);
const Connection = z.enum(["connected", "disconnected"]);

export const Health = z
  .object({
    status: State,
    timestamp: z.iso.datetime(),
    services: z.object({ database: Connection, storage: Connection, auth: z.enum(["operational", "down"]) }),
    version: z.string(),
    uptime: z.number(),
    uptime_seconds: z.number(),
    error_rate: z.number().min(0).max(1),
    models_configured: z.int(),
    components: z.object({
      orchestra_manager: State,
      command_dispatcher: State,
      memory_system: State,
      swarm_intelligence: State,
    }),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof Health>;

export const Readiness = z
  .object({
    ready: z.boolean(),
    checks: z.object({ database: z.boolean(), cache: z.boolean(), external_services: z.boolean() }),
  })
  .meta({ id: "Readiness" });
export type Readiness = z.infer<typeof Readiness>;

export const MetricsSummary = z
  .object({
    uptime_seconds: z.number(),
    requests_total: z.int(),
    error_rate: z.number(),
    active_agents: z.int(),
    websocket_connections: z.int(),
    memory_usage: z.number().meta({ description: "Percent of the host's memory in use" }),
    load_average: z.number(),
  })
  .meta({ id: "MetricsSummary" });
export type MetricsSummary = z.infer<typeof MetricsSummary>;
