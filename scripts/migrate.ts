import { join } from "node:path";
import { migrate } from "#lib/db/migrate";
import { rawEnvironment } from "#lib/env";

/** Brings a database of your own to the newest schema: `DATABASE_URL=... npm run migrate`. `npm start` does it by itself. */
const { DIRECT_URL, DATABASE_URL } = rawEnvironment();
const url = DIRECT_URL || DATABASE_URL;
if (url) {
  const applied = await migrate(url, join(import.meta.dirname, "../supabase/migrations"));
  process.stdout.write(applied.length ? `Applied ${applied.join(", ")}\n` : "Nothing to apply\n");
} else {
  process.stderr.write("Set DATABASE_URL (or DIRECT_URL) to the postgres:// URL of the database.\n");
  process.exitCode = 1;
}
