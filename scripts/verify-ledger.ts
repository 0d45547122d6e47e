import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { closePool } from "#lib/db/client";
import { provideEnvironment, rawEnvironment } from "#lib/env";
import { type Fault, verifyLedger } from "#lib/ledger/verify";
import { prepareEnvironment } from "#server/environment";
import { findRunningPlatform } from "#server/local/running";

const root = join(import.meta.dirname, "..");
/** The clean-up closes expired holds every 30 s, of at most 100 organizations at a time. */
const graceSeconds = 120;

const say = (line: string) => process.stdout.write(`${line}\n`);
const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;

const meanings: Record<Fault["kind"], (fault: Fault) => string> = {
  row: ({ expected, found }) => `expected a running balance of ${expected}, found ${found}`,
  sum: ({ expected, found }) => `the rows add up to ${expected}, the balance is ${found}`,
  last: ({ expected, found }) => `the last row leaves ${expected}, the balance is ${found}`,
  held: ({ expected, found }) => `expected ${expected} micro-dollars, found ${found}`,
  leak: ({ found }) => `${count(found, "hold")} still open though expired`,
  metered: ({ expected, found }) => `calls were charged ${expected} micro-dollars, ${found} were taken`,
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
  let faults = 0;
  const seen = await verifyLedger(graceSeconds, (found) => {
    faults += found.length;
    for (const fault of found) say(`${fault.organizationId} ${fault.kind}: ${meanings[fault.kind](fault)}`);
  });
  const { organizations, rows, holds } = seen;
  say(
    `${count(organizations, "organization")}, ${count(rows, "row")}, ${count(holds, "hold")}: ${count(faults, "fault")}`,
  );
  process.exitCode = faults > 0 ? 1 : 0;
} finally {
  await closePool();
  await close();
}
