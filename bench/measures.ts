import { measureAgents } from "./agents.ts";
import { measureCredits } from "./credits.ts";
import { measureDashboard } from "./dashboard.ts";
import { measureDeployments } from "./deployments.ts";
import { measureGateway } from "./gateway.ts";
import { measureMetering } from "./metering.ts";
import { measureOrchestration } from "./orchestration.ts";
import { measurePricing } from "./pricing.ts";
import { measureQueue } from "./queue.ts";
import { measureReads } from "./reads.ts";
import { measureScaling } from "./scaling.ts";
import { measureSockets } from "./sockets.ts";
import { measureStart } from "./start.ts";
import type { Row } from "./table.ts";
import { measureUsage } from "./usage.ts";
import { measureWorkDesk } from "./work-desk.ts";

export const measures: Record<string, () => Promise<Row[]>> = {
  reads: measureReads,
  gateway: measureGateway,
  metering: measureMetering,
  credits: measureCredits,
  usage: measureUsage,
  queue: measureQueue,
  pricing: measurePricing,
  agents: measureAgents,
  sockets: measureSockets,
  deployments: measureDeployments,
  orchestration: measureOrchestration,
  "work-desk": measureWorkDesk,
  dashboard: measureDashboard,
  start: measureStart,
  scaling: measureScaling,
};
