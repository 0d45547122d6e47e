import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Fault, verifyAudit } from "#lib/audit/verify";
import { closePool } from "#lib/db/client";
import { provideEnvironment, rawEnvironment } from "#lib/env";
import { prepareEnvironment } from "#server/environment";
import { findRunningPlatform } from "#server/local/running";

const root = join(import.meta.dirname, "..");

const say = (line: string) => process.stdout.write(`${line}\n`);
const count = (number: number, noun: string, many = `${noun}s`) => `${number} ${number === 1 ? noun : many}`;

const meanings: Record<Fault["kind"], (fault: Fault) => string> = {
  edited: ({ sequence }) => `entry ${sequence} is not what it was when it was written, or stood elsewhere`,
  missing: ({ sequence }) => `entries before ${sequence} are gone`,
  end: ({ sequence }) => `the newest entries are gone; the last one was ${sequence}`,
  unlinked: () => "entries were put in beside the chain",
  checkpoint: ({ sequence }) => `entry ${sequence} is not the one this server signed`,
};

/** Beside a running app its own database is used; otherwise the configured one, or the local one is started. */
async function open(): Promise<() => Promise<void>> {
  if (existsSync(join(root, ".env"))) process.loadEnvFile(join(root, ".env"));
  const { DATABASE_URL, BATON_DATA_DIR } = rawEnvironment();
  const running = DATABASE_URL ? undefined : findRunningPlatform(resolve(root, BATON_DATA_DIR || ".baton"));
  if (running) provideEnvironment(running);
  const prepared = running
    ? undefined
    : await prepareEnvironment(root, { dev: false, help: false, port: undefined, demo: undefined }, () => undefined);
  return async () => prepared?.platform?.stop();
}

const close = await open();
try {
  const seen = await verifyAudit((faults) => {
    for (const fault of faults.slice(0, 100)) {
      say(`${fault.organizationId} ${fault.kind}: ${meanings[fault.kind](fault)}`);
    }
  });
  const entries = count(seen.entries, "entry", "entries");
  say(`${count(seen.organizations, "organization")}, ${entries}: ${count(seen.faults, "fault")}`);
  process.exitCode = seen.faults > 0 ? 1 : 0;
} finally {
  await closePool();
  await close();
}
