import { cpus, totalmem } from "node:os";
import { measureCredits } from "./credits.ts";
import { measureDeployments } from "./deployments.ts";
import { measureGateway } from "./gateway.ts";
import { measureMetering } from "./metering.ts";
import { measureQueue } from "./queue.ts";
import { measureReads } from "./reads.ts";
import { type Row, renderTable } from "./table.ts";
import { measureUsage } from "./usage.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

say(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`);
const rows: Row[] = [];
for (const measure of [
  measureReads,
  measureGateway,
  measureMetering,
  measureCredits,
  measureUsage,
  measureQueue,
  measureDeployments,
])
  rows.push(...(await measure()));
say(renderTable(rows));
