import { readdir, readFile, statfs } from "node:fs/promises";
import { freemem, loadavg, totalmem, uptime } from "node:os";
import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import type { SystemStats } from "#lib/orchestrator/schema";
import { selectActiveAgents } from "#lib/runs/queries";

const zones = "/sys/class/thermal";
const gibibyte = 1024 ** 3;
const read = (path: string) => readFile(path, "utf8").catch(() => "");

/** The hottest sensor of the host in degrees Celsius; null where there is none. */
async function temperature(): Promise<number | null> {
  const names = await readdir(zones).catch((): string[] => []);
  const texts = await Promise.all(
    names.filter((name) => name.startsWith("thermal_zone")).map((name) => read(`${zones}/${name}/temp`)),
  );
  const degrees = texts.filter((text) => /^-?\d+\s*$/.test(text)).map((text) => Number(text) / 1_000);
  return degrees.length > 0 ? Math.round(Math.max(...degrees) * 10) / 10 : null;
}

/** Percent of memory in use; what the kernel would give back at once does not count as used. */
async function memoryUsage(): Promise<number> {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(await read("/proc/meminfo"))?.[1];
  const free = available ? Number(available) * 1_024 : freemem();
  return Math.round((1 - free / totalmem()) * 1_000) / 10;
}

/** Hours and minutes, such as `24h 15m`. */
export function hoursAndMinutes(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

async function diskFree(): Promise<string> {
  const { bavail, bsize } = await statfs(process.cwd());
  return `${Math.floor((bavail * bsize) / gibibyte)}G`;
}

/** The host this process runs on, and the organization's agents at work (contract A25). */
export async function getSystemStats(ctx: Context): Promise<SystemStats> {
  const [cpu_temp, memory_usage, disk_free, { active }] = await Promise.all([
    temperature(),
    memoryUsage(),
    diskFree(),
    selectActiveAgents(tenant(ctx), ctx.organizationId),
  ]);
  const load_average = Math.round((loadavg()[0] ?? 0) * 100) / 100;
  return { cpu_temp, load_average, memory_usage, uptime: hoursAndMinutes(uptime()), disk_free, active_agents: active };
}
