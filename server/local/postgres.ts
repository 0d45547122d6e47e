import { messageOf } from "./errors.ts";
import { freePort } from "./ports.ts";
import { type Cluster, openCluster } from "./postgres-cluster.ts";
import { adoptPostmaster, type Postmaster, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { isAlive, signalProcess } from "./process.ts";

export type Postgres = {
  url: string;
  port: number;
  pid(): number;
  stop(): Promise<void>;
  /** Asks for a shutdown without waiting, for the moment in which this process ends unprepared. */
  abandon(): void;
};

export type PostgresOptions = {
  dataDir: string;
  password: string;
  preferredPort: number | undefined;
  onProgress: (line: string) => void;
  onLog: (line: string) => void;
  onRestart: () => void;
};

/** A running PostgreSQL on this data folder: adopted, or started. If it dies it is started again on the same port. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const cluster = await openCluster(options.dataDir, options.password, options.onProgress);
  let server = await adoptPostmaster(cluster);
  options.onProgress(server ? `Found PostgreSQL still running on port ${server.port}` : "Starting PostgreSQL");
  server ??= await startPostmaster(cluster, () => freePort(options.preferredPort));

  const watch = watchOver(cluster, server, options);
  return {
    url: `postgresql://postgres:${options.password}@127.0.0.1:${server.port}/postgres`,
    port: server.port,
    pid: () => watch.current().pid,
    stop: async () => stopPostmaster(cluster, await watch.end()),
    abandon: () => signalProcess(watch.current().pid, "SIGINT"),
  };
}

/** Looks every second, because an adopted server is nobody's child and its end is reported to no one. */
function watchOver(cluster: Cluster, first: Postmaster, { onLog, onRestart }: PostgresOptions) {
  let current = first;
  let retryAt = 0;
  let repair: Promise<void> | undefined;

  async function restart(): Promise<void> {
    onLog(`PostgreSQL (process ${current.pid}) ended unexpectedly; starting it again`);
    try {
      // The URL is in use all over the app: the only port that helps is the old one.
      current = await startPostmaster(cluster, async () => first.port);
      onRestart();
    } catch (error) {
      onLog(messageOf(error));
      retryAt = Date.now() + 10_000;
    }
    repair = undefined;
  }

  const timer = setInterval(() => {
    if (!repair && !isAlive(current.pid) && Date.now() >= retryAt) repair = restart();
  }, 1_000);
  timer.unref();

  return {
    current: () => current,
    end: async () => {
      clearInterval(timer);
      await repair;
      return current;
    },
  };
}
