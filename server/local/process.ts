import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { systemCode } from "./errors.ts";

/** True while the process runs. A zombie counts as gone: in a container nobody may ever collect it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (systemCode(error) !== "EPERM") return false;
  }
  return statFields(pid)?.[0] !== "Z";
}

/**
 * Tells one life of a pid from the next: boot and start time on Linux, start time elsewhere.
 * Empty when the system does not say.
 */
export function processStart(pid: number): string {
  const ticks = statFields(pid)?.[19];
  if (ticks) return `${bootId()}:${ticks}`;
  return process.platform === "linux" ? "" : ps(pid, "lstart");
}

/** True when this pid works inside `folder`, as the postmaster of that cluster does. */
export function worksIn(pid: number, folder: string): boolean {
  if (process.platform !== "linux") return ps(pid, "command").includes(folder);
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}

/** Sends each signal in turn and waits for the process to go; false when it outlived them all. */
export async function endProcess(pid: number, steps: Array<[NodeJS.Signals, number]>): Promise<boolean> {
  for (const [signal, timeoutMs] of steps) {
    signalProcess(pid, signal);
    if (await waitUntil(() => !isAlive(pid), timeoutMs)) return true;
  }
  return false;
}

/** A process that is gone already is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemCode(error) !== "ESRCH") throw error;
  }
}

/** Polls until the check holds; false after `timeoutMs`. */
export async function waitUntil(check: () => boolean | Promise<boolean>, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await check()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(15);
  }
}

/** The fields of /proc/<pid>/stat from the state on; the name before it may hold any character. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function ps(pid: number, column: "lstart" | "command"): string {
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "";
  }
}
