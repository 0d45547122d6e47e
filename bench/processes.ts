import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second, which Linux has fixed at 100 for what it tells programs. */
const ticksPerSecond = 100;

type Process = { pid: number; parent: number; name: string; cpuMs: number };

/** Processor time includes that of children which have ended. Nothing where there is no `/proc`. */
function read(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = stat.lastIndexOf(")");
    const fields = stat.slice(end + 2).split(" ");
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return {
      pid,
      parent: Number(fields[1]),
      name: stat.slice(stat.indexOf("(") + 1, end),
      cpuMs: (ticks * 1_000) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}

/** A process and all below it. */
export function treeOf(pid: number): Process[] {
  if (!existsSync("/proc/self/stat"))
    throw new Error("Processor time and memory are read from /proc, which is Linux's.");
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (read(Number(name)) ?? []) : []));
  const found = all.filter((one) => one.pid === pid);
  for (const { pid: parent } of found) found.push(...all.filter((one) => one.parent === parent));
  return found;
}

/** Milliseconds of processor time that PostgreSQL has used below this process. */
export function postgresCpuMs(): number {
  return treeOf(process.pid)
    .filter(({ name }) => name.startsWith("postgres"))
    .reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Milliseconds of processor time of a process and all below it. */
export function cpuMsOf(pid: number): number {
  return treeOf(pid).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** Megabytes of a process and all below it, where shared pages count once (proportional set size). */
export function memoryMbOf(pid: number): number {
  const kilobytes = treeOf(pid).map((one) => {
    const rollup = readFileSync(`/proc/${one.pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1_024;
}
