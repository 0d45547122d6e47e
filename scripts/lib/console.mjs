export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A failure the person at the terminal can act on: printed as its message, without a stack. */
export class Failure extends Error {}

/** Runs a script's main function; its failures end as one line and exit code 1. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Failure ? error.message : (error?.stack ?? error)}\n`);
    process.exitCode = 1;
  }
}

/** A stopwatch that answers like "3.2 s". */
export function stopwatch() {
  const startedAt = Date.now();
  return () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
