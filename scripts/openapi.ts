import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildDocument } from "#lib/http/openapi";
import type { Examples } from "#lib/http/openapi-examples";
import { declaredOperations } from "#server/declared-operations";

const root = join(import.meta.dirname, "..");
const file = join(root, "public/openapi.json");

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const examples: Examples = JSON.parse(readFileSync(join(root, "examples/api.json"), "utf8"));
const document = buildDocument(await declaredOperations(root), version, examples);
const text = `${JSON.stringify(document, null, 1)}\n`;

if (process.argv.includes("--check")) {
  const isCurrent = readFileSync(file, "utf8") === text;
  process.stdout.write(
    isCurrent ? "public/openapi.json is current\n" : "public/openapi.json is out of date: npm run openapi\n",
  );
  process.exitCode = isCurrent ? 0 : 1;
} else {
  writeFileSync(file, text);
  process.stdout.write("wrote public/openapi.json\n");
}
