import { chmod, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { misused } from "./failure.ts";

type Environment = Record<string, string | undefined>;

/** A stored login. */
export type Profile = {
  url: string;
  key: string;
  /** Of a key that this program made, so that it can take it back. */
  keyId?: string;
};

type Config = { profiles: Record<string, Profile> };

/** Where logins are kept: below XDG_CONFIG_HOME, else ~/.config. */
export function configFile(env: Environment): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), ".config"), "baton", "config.json");
}

const isProfile = (value: unknown): value is Profile =>
  typeof value === "object" &&
  value !== null &&
  typeof (value as Profile).url === "string" &&
  typeof (value as Profile).key === "string";

async function read(file: string): Promise<Config> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw misused(`${file} cannot be read: ${error.message}`);
  });
  let parsed: Partial<Config> | null = null;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw misused(`${file} is not JSON`, "Correct it, or remove it and log in again.");
  }
  const entries = Object.entries(parsed?.profiles ?? {}).filter(([, one]) => isProfile(one));
  return { profiles: Object.fromEntries(entries) };
}

/** Written beside and put in its place, readable for its owner only from the first byte on. */
async function write(file: string, config: Config): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await chmod(draft, 0o600);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A stored login; nothing when there is none of that name. */
export async function readProfile(env: Environment, name: string): Promise<Profile | undefined> {
  const { profiles } = await read(configFile(env));
  return Object.hasOwn(profiles, name) ? profiles[name] : undefined;
}

/** Stores a login, or forgets it; answers the file. */
export async function storeProfile(env: Environment, name: string, profile: Profile | undefined): Promise<string> {
  const file = configFile(env);
  const { profiles } = await read(file);
  const others = Object.entries(profiles).filter(([one]) => one !== name);
  await write(file, { profiles: Object.fromEntries(profile ? [...others, [name, profile]] : others) });
  return file;
}
