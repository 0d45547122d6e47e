import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalPlatformError } from "./errors.ts";
import { type Account, postgresAccount, spawnAs } from "./postgres-account.ts";
import { postgresPrograms } from "./postgres-programs.ts";

/** A database folder on disk and what it takes to run it. */
export type Cluster = { dir: string; logFile: string; program: string; account: Account; password: string };

/** Opens the cluster of this data folder; the first time, creates it. */
export async function openCluster(
  dataDir: string,
  password: string,
  onProgress: (line: string) => void,
): Promise<Cluster> {
  const programs = await postgresPrograms();
  const dir = join(dataDir, "postgres");
  const account = postgresAccount(dir, programs.postgres);
  const cluster = { dir, logFile: join(dataDir, "postgres.log"), program: programs.postgres, account, password };
  if (!existsSync(join(dir, "PG_VERSION"))) {
    onProgress("Creating the database (first start only)");
    await createCluster(cluster, programs.initdb);
  }
  return cluster;
}

/** Built beside its final place and moved there when complete, so an interrupted first start leaves nothing half made. */
async function createCluster(cluster: Cluster, initdb: string): Promise<void> {
  const draft = `${cluster.dir}.new`;
  const passwordFile = join(draft, "password");
  const draftData = join(draft, "data");
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draftData, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, `${cluster.password}\n`, { mode: 0o600 });
  const { ids } = cluster.account;
  if (ids) for (const path of [draft, draftData, passwordFile]) chownSync(path, ids.uid, ids.gid);

  await runInitdb(cluster.account, initdb, [
    `--pgdata=${draftData}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // Sorts by code point on every machine, whatever its system locales are: indexes stay valid after an upgrade.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--data-checksums",
    "--no-instructions",
  ]);
  renameSync(draftData, cluster.dir);
  rmSync(draft, { recursive: true, force: true });
}

function runInitdb(account: Account, initdb: string, args: string[]): Promise<void> {
  const child = spawnAs(account, initdb, args, { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new LocalPlatformError(`The database could not be created: ${complaint.trim().split("\n").at(-1)}`));
    });
  });
}
