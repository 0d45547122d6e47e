import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closePool } from "#lib/db/client";
import { closeListener } from "#lib/db/listen";
import { migrate } from "#lib/db/migrate";
import { type Environment, EnvironmentError, publicUrl, rawEnvironment } from "#lib/env";
import { flushAll } from "#lib/flush";
import { setDraining } from "#lib/health/service";
import { log } from "#lib/log";
import { closeUpstreams } from "#lib/models/upstream";
import { closeQueue } from "#lib/queue/boss";
import type { Arguments } from "#server/arguments";
import { type Demo, startDemo } from "#server/demo";
import { type Prepared, prepareEnvironment } from "#server/environment";
import { welcomeOwner } from "#server/first-start";
import { LocalPlatformError } from "#server/local/errors";
import { createPages } from "#server/pages";
import { assertPortFree, PortInUseError } from "#server/port";
import { startWeb, type Web } from "#server/web";
import { startWorker, type Worker } from "#server/worker";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** In-flight requests get this long at shutdown; the whole must end before an orchestrator loses patience at 30 s. */
const graceMs = 20_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

type Running = {
  prepared: Prepared;
  web: Web | undefined;
  worker: Worker | undefined;
  demo: Demo | undefined;
  closePages: () => Promise<void>;
};

/** Takes no new requests, ends what is in flight, writes what is only in memory, then stops what was started. */
async function shutDown({ prepared, web, worker, demo, closePages }: Running): Promise<void> {
  setDraining(true);
  await Promise.all([web?.stop(graceMs), worker?.stop(graceMs), demo?.stop()]);
  await closePages();
  await flushAll();
  await Promise.allSettled([closeUpstreams(), closeListener(), closeQueue(), closePool()]);
  await prepared.platform?.stop();
}

function hostOf(settings: Environment): string {
  // Without a configured instance only this machine may reach it.
  return settings.HOST ?? (settings.BATON_EMBEDDED ? "127.0.0.1" : "0.0.0.0");
}

async function start(options: Arguments): Promise<Running> {
  if (options.port !== 0) await assertPortFree(options.port ?? (Number(rawEnvironment().PORT) || 3000));
  const prepared = await prepareEnvironment(root, options, say);
  const { settings, platform } = prepared;
  const nothing = { web: undefined, worker: undefined, demo: undefined };
  const running: Running = { prepared, ...nothing, closePages: async () => undefined };
  try {
    const applied = await migrate(settings.DIRECT_URL ?? settings.DATABASE_URL, join(root, "supabase/migrations"));
    if (applied.length) say(`Applied ${applied.length} database migration${applied.length === 1 ? "" : "s"}`);
    if (settings.BATON_ROLE !== "web") running.worker = startWorker();
    if (settings.BATON_ROLE === "worker") say("Baton's worker is running");
    else {
      const host = hostOf(settings);
      const pages = await createPages({ root, dev: options.dev, host, port: settings.PORT });
      running.closePages = pages.close;
      const authUrl = platform ? settings.SUPABASE_URL : undefined;
      running.web = await startWeb({
        root,
        host,
        port: settings.PORT,
        pages: pages.listener,
        upgradePages: pages.upgrade,
        ...(authUrl && { authUrl }),
      });
      say(`Baton is running at ${publicUrl()}`);
      if (platform) await welcomeOwner(prepared.dataDir, say);
    }
    if (options.demo)
      running.demo = startDemo({
        mode: options.demo,
        isEmbedded: platform !== undefined,
        dataDir: prepared.dataDir,
        say,
      });
    return running;
  } catch (error) {
    await shutDown(running);
    throw error;
  }
}

function explain(error: unknown): string {
  if (error instanceof EnvironmentError)
    return `Baton cannot start because of its environment variables (see .env.example):\n${error.message}`;
  if (error instanceof LocalPlatformError || error instanceof PortInUseError) return error.message;
  log.fatal({ err: error }, "could not start");
  return `Baton could not start: ${(error as Error).message}`;
}

/** Starts this process in its role and keeps it until SIGTERM or SIGINT; a second signal ends it at once. */
export async function runBaton(options: Arguments): Promise<void> {
  let running: Running;
  try {
    running = await start(options);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
  let isStopping = false;
  const stop = async () => {
    if (isStopping) process.exit(130);
    isStopping = true;
    say("Stopping: finishing what is in flight");
    await shutDown(running).catch((error: unknown) => log.error({ err: error }, "did not stop cleanly"));
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  // The launcher ended without a signal for us (kill -9): nobody would stop us later.
  process.once("disconnect", stop);
  process.on("SIGINT", stop);
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));
}
