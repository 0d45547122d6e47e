import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from "node:child_process";
import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { childEnvironment } from "./child-environment.ts";
import { LocalPlatformError, systemCode } from "./errors.ts";

type Ids = { uid: number; gid: number };

/** How to run the PostgreSQL programs: as which user when it is not our own, and with which command in front. */
export type Account = { ids?: Ids; prefix: string[] };

/** Starts a PostgreSQL program under its account, with nothing of ours in its environment. */
export function spawnAs(account: Account, program: string, args: string[], options: SpawnOptions): ChildProcess {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const ids = account.prefix.length === 0 ? account.ids : {};
  return spawn(command, rest, { ...options, ...ids, cwd: "/", env: childEnvironment() });
}

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it himself; root runs it as "postgres", or as the owner of
 * a cluster that exists already. When that user may not enter the folders on the way, it gets the one privilege of
 * passing through them, as a clone in /root or in a private temporary folder must work as well.
 */
export function postgresAccount(clusterDir: string, program: string): Account {
  const owner = ownerOf(clusterDir);
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self) throw foreignCluster(clusterDir, owner.uid);
    return { prefix: [] };
  }
  const ids = owner && owner.uid !== 0 ? owner : systemAccount();
  if (canReach(ids, dirname(clusterDir)) && canReach(ids, realpathSync(program))) return { ids, prefix: [] };
  for (const capability of ["dac_read_search", "dac_override"]) {
    const prefix = privilegedPrefix(ids, capability);
    if (runs([...prefix, "test", "-x", program, "-a", "-x", dirname(clusterDir)])) return { ids, prefix };
  }
  throw unreachable(clusterDir, ids.uid);
}

function systemAccount(): Ids {
  const known = lookUp("postgres");
  if (known) return known;
  runs(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]);
  const ids = lookUp("postgres") ?? lookUp("nobody");
  if (ids) return ids;
  throw new LocalPlatformError(
    'PostgreSQL cannot run as root, and this system has no user "postgres". Create one (useradd --system postgres), start Baton as an ordinary user, or set DATABASE_URL and SUPABASE_URL.',
  );
}

function lookUp(user: string): Ids | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const answer = spawnSync("id", [flag, user], { encoding: "utf8" });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : Number.NaN;
  });
  return uid !== undefined && gid !== undefined && uid > 0 && gid >= 0 ? { uid, gid } : undefined;
}

function ownerOf(path: string): Ids | undefined {
  try {
    const { uid, gid } = statSync(path);
    return { uid, gid };
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Whether the mode bits of every folder on the way let this user pass. */
function canReach(ids: Ids, path: string): boolean {
  const { uid, gid, mode } = statSync(path);
  const shift = uid === ids.uid ? 6 : gid === ids.gid ? 3 : 0;
  if (((mode >> shift) & 1) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(ids, parent);
}

function privilegedPrefix(ids: Ids, capability: string): string[] {
  const user = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--clear-groups"];
  // Without the secure bit the kernel ignores the privilege in access(), by which PostgreSQL looks for its own files.
  const grant = ["--securebits=+no_setuid_fixup", `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  return ["setpriv", ...user, ...grant, "--"];
}

function runs([command = "", ...args]: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore", cwd: "/" }).status === 0;
}

function foreignCluster(clusterDir: string, uid: number): LocalPlatformError {
  const remedy = "Start Baton as the user who started it first, or give it another data folder.";
  return new LocalPlatformError(`The database in ${clusterDir} belongs to another user (uid ${uid}). ${remedy}`);
}

function unreachable(clusterDir: string, uid: number): LocalPlatformError {
  const remedy =
    "Move Baton to a folder that everyone may enter (for example /opt/baton), start it as an ordinary user, or set DATABASE_URL and SUPABASE_URL.";
  return new LocalPlatformError(
    `PostgreSQL cannot run as root, and uid ${uid}, which runs it instead, may not enter ${dirname(clusterDir)}. ${remedy}`,
  );
}
