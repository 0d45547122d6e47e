import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { manifestSchema } from "#lib/packages/manifest";

const file = join(import.meta.dirname, "../public/schemas/apkg-manifest.json");
const text = `${JSON.stringify(manifestSchema(), null, 2)}\n`;

if (process.argv.includes("--check")) {
  const isCurrent = readFileSync(file, "utf8") === text;
  const says = isCurrent ? "is current" : "is out of date: npm run manifest-schema";
  process.stdout.write(`public/schemas/apkg-manifest.json ${says}\n`);
  process.exitCode = isCurrent ? 0 : 1;
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write("wrote public/schemas/apkg-manifest.json\n");
}
