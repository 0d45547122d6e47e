import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildDocument, type DeclaredEndpoint } from "#lib/http/openapi";
import { loadRoutes } from "#server/routes";

const root = join(import.meta.dirname, "..");
const file = join(root, "public/openapi.json");

/** Every declared endpoint of the routes below `app/`. */
async function declaredEndpoints(): Promise<DeclaredEndpoint[]> {
  const routes = await loadRoutes(root);
  return routes.flatMap(({ template, handlers }) =>
    Object.entries(handlers).flatMap(([method, handler]) =>
      handler.spec ? [{ method, template, spec: handler.spec }] : [],
    ),
  );
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const text = `${JSON.stringify(buildDocument(await declaredEndpoints(), version), null, 2)}\n`;

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
