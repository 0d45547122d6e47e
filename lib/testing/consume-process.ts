import { closePool } from "#lib/db/client";
import { consume } from "#lib/limits/window";

/** Calls one bucket many times at once and tells the parent how many calls passed: `<bucket> <limit> <calls> <now>`. */
const [name = "", limit, calls, now] = process.argv.slice(2);
const window = { limit: Number(limit), windowSeconds: 3600 };
const answers = await Promise.all(Array.from({ length: Number(calls) }, () => consume(name, window, 1, Number(now))));
process.send?.(answers.filter(({ allowed }) => allowed).length);
await closePool();
process.disconnect?.();
