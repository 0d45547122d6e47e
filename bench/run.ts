import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { measures } from "./measures.ts";
import { type Row, renderTable } from "./table.ts";

/** `npm run bench [-- name ...]`: what is measured, each in a process of its own, in one table. */
const say = (line: string) => process.stdout.write(`${line}\n`);
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(measures);
const folder = mkdtempSync(join(tmpdir(), "baton-bench-"));
const rows: Row[] = [];

say(`${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`);
for (const name of names) {
  const file = join(folder, name);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, "measure.ts"), name, file], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status === 0) rows.push(...JSON.parse(readFileSync(file, "utf8")));
  else process.exitCode = 1;
  say(`${name}: ${status === 0 ? "measured" : "failed"}`);
}
rmSync(folder, { recursive: true, force: true });
say(renderTable(rows));
