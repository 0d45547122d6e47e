import { closeSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { LocalPlatformError, systemCode } from "./errors.ts";
import { readIfThere } from "./files.ts";
import { spawnAs } from "./postgres-account.ts";
import type { Cluster } from "./postgres-cluster.ts";
import { endProcess, isAlive, waitUntil, worksIn } from "./process.ts";

/** A running PostgreSQL server, ours or one that outlived the process that started it. */
export type Postmaster = { pid: number; port: number };

const logBytesMax = 10 * 1024 * 1024;

const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  cluster_name: "baton",
};

/** The server left running by a killed app, when it answers; what does not answer is stopped, so that a start is safe. */
export async function adoptPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  const left = readPidFile(cluster.dir);
  if (!left) return undefined;
  if (!isAlive(left.pid) || !worksIn(left.pid, cluster.dir)) {
    // The pid may be a zombie's or another program's by now. PostgreSQL could not tell, and would refuse to start.
    rmSync(`${cluster.dir}/postmaster.pid`, { force: true });
    return undefined;
  }
  // It may still be recovering from the same crash that took the app, or be on its way out.
  await waitUntil(async () => !isAlive(left.pid) || (await answers(cluster, left.port)), 20_000);
  if (await answers(cluster, left.port)) return left;
  await stopPostmaster(cluster, left);
  return undefined;
}

/**
 * Starts the server in a process group of its own: Ctrl-C at the terminal must not reach it before the app is done.
 * Tried a few times, because another program may take the port in between, or processes of the last server still leave.
 */
export async function startPostmaster(cluster: Cluster, choosePort: () => Promise<number>): Promise<Postmaster> {
  rotateLog(cluster.logFile);
  for (let attempt = 1; attempt <= 4; attempt++) {
    const port = await choosePort();
    const pid = await launch(cluster, port);
    if (pid) return { pid, port };
    await sleep(attempt * 250);
  }
  throw startFailed(cluster);
}

/** A fast shutdown, which loses nothing; the harsher ones only for a server that hangs, and safe thanks to the log. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  if (!worksIn(pid, cluster.dir)) return;
  const isGone = await endProcess(pid, [
    ["SIGINT", 20_000],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 2_000],
  ]);
  if (!isGone)
    throw new LocalPlatformError(`PostgreSQL (process ${pid}) does not stop. End it by hand: kill -9 ${pid}`);
}

async function launch(cluster: Cluster, port: number): Promise<number | undefined> {
  const log = openSync(cluster.logFile, "a", 0o600);
  const flags = Object.entries({ ...settings, port }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawnAs(cluster.account, cluster.program, ["-D", cluster.dir, ...flags], {
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  let hasEnded = false;
  child.once("error", () => {
    hasEnded = true;
  });
  child.once("exit", () => {
    hasEnded = true;
  });
  const isReady = () => {
    const file = readPidFile(cluster.dir);
    return file?.pid === child.pid && file?.status === "ready";
  };
  // Recovery after a power cut can take a while; as long as the server works on it, it is waited for.
  await waitUntil(() => hasEnded || isReady(), 300_000);
  if (hasEnded || isReady()) return hasEnded ? undefined : child.pid;
  throw new LocalPlatformError(`PostgreSQL is not ready after five minutes; its log ${cluster.logFile} says why.`);
}

/** Whether the server on this port takes our password and serves this very folder. */
async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const { password, dir } = cluster;
  const client = new Client({ host: "127.0.0.1", port, user: "postgres", password, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory === dir;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function readPidFile(dir: string): (Postmaster & { status: string }) | undefined {
  const lines = readIfThere(`${dir}/postmaster.pid`)?.split("\n");
  const pid = Number(lines?.[0]);
  const port = Number(lines?.[3]);
  return pid > 0 ? { pid, port, status: lines?.[7]?.trim() ?? "" } : undefined;
}

function rotateLog(path: string): void {
  try {
    if (statSync(path).size > logBytesMax) renameSync(path, `${path}.1`);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

function startFailed(cluster: Cluster): LocalPlatformError {
  const complaint = /(?:FATAL|PANIC|error while loading).*/g;
  const reason = readIfThere(cluster.logFile)?.match(complaint)?.at(-1) ?? "it ended without saying why";
  return new LocalPlatformError(`PostgreSQL does not start: ${reason} (more in ${cluster.logFile}).`);
}
