import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { provideEnvironment } from "#lib/env";

/** Gives this test file a data folder of its own, so that nobody else's files are in it. Answers its path. */
export function ownDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "baton-data-"));
  provideEnvironment({ BATON_DATA_DIR: folder });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
