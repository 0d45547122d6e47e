import { measureCredits } from "./credits.ts";
import { measureDeployments } from "./deployments.ts";
import { measureGateway } from "./gateway.ts";
import { measureMetering } from "./metering.ts";
import { measureQueue } from "./queue.ts";
import { measureReads } from "./reads.ts";
import type { Row } from "./table.ts";
import { measureUsage } from "./usage.ts";

export const measures: Record<string, () => Promise<Row[]>> = {
  reads: measureReads,
  gateway: measureGateway,
  metering: measureMetering,
  credits: measureCredits,
  usage: measureUsage,
  queue: measureQueue,
  deployments: measureDeployments,
};
