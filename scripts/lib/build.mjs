import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compressBuild } from "./compress.mjs";
import { runtime } from "./install.mjs";
import { hashOf, readStamp, root, toolEnvironment } from "./project.mjs";
import { runQuiet } from "./run.mjs";

const stamp = ".next/baton-stamp";

const sources = [
  "app",
  // The guides are pages too.
  "docs",
  "components",
  "lib",
  "public",
  "middleware.ts",
  "instrumentation.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
  ".env",
  ".env.local",
  ".env.production",
  ".env.production.local",
];

/** Builds the pages unless the last build was made from the same sources. */
export async function ensureBuilt() {
  const current = sourceHash();
  if (existsSync(join(root, ".next", "BUILD_ID")) && readStamp(stamp) === current) return;
  await build();
}

/** Builds the pages in any case. */
export async function build() {
  const before = sourceHash();
  rmSync(join(root, stamp), { force: true });
  await runQuiet("Building the pages", runtime(), [join(root, "node_modules/next/dist/bin/next"), "build"], {
    env: toolEnvironment({ NODE_ENV: "production" }),
    remedy: "The lines above say why.",
  });
  await compressBuild();
  writeFileSync(join(root, stamp), `${before}\n`);
}

/** Tests do not reach the build; public variables do, as Next writes their values into the pages. */
function sourceHash() {
  const hash = hashOf(sources, (path) => !/\.test\.tsx?$|^lib\/testing$/.test(path));
  for (const name of Object.keys(process.env).sort()) {
    if (name.startsWith("NEXT_PUBLIC_")) hash.update(`${name}=${process.env[name]}\0`);
  }
  return hash.digest("hex");
}
