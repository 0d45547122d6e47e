import { createContext, Script } from "node:vm";

/** The work took longer than it may. */
export class TooSlow extends Error {}

const script = new Script("run()");
const clock = { run: (): void => undefined };
createContext(clock);

/** On a busy machine a thread may stand still for long without having done anything: then the work is tried again. */
const triesMax = 10;

const isTimeout = (error: unknown) =>
  typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/**
 * Runs work that others have written the rules of (their schemas, their patterns) and ends it after so many milliseconds of
 * computing: even a regular expression that would go on for ever. The context is no fence, only the clock. Work may be cut
 * off at any point, without its `finally`, and begun again: it must not go on with what a try before it has left.
 */
export function bounded<T>(work: () => T, milliseconds: number): T {
  let result: { value: T } | undefined;
  clock.run = () => {
    result = { value: work() };
  };
  const startedAt = cpuMs();
  for (let tries = 1; !result; tries++) {
    try {
      script.runInContext(clock, { timeout: milliseconds });
    } catch (error) {
      if (!isTimeout(error)) throw error;
      if (tries === triesMax || cpuMs() - startedAt >= milliseconds / 2)
        throw new TooSlow(`The work took longer than ${milliseconds} ms.`);
    }
  }
  return result.value;
}
