import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { z } from "zod";
import { LocalPlatformError, messageOf, systemCode } from "./errors.ts";

/** Replaces the file in one step, readable by its owner only; a crash leaves the old text or the new, never half. */
export function writePrivate(path: string, value: unknown): void {
  const draft = `${path}.${process.pid}`;
  const file = openSync(draft, "w", 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** The parsed file, or nothing when it is missing or is not what the schema asks for. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T | undefined {
  const text = readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    const remedy = "Start Baton as the user who started it first.";
    throw new LocalPlatformError(`${path} cannot be read: ${messageOf(error)}. ${remedy}`);
  }
}
