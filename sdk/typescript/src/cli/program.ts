import { readFileSync } from "node:fs";
import { Cli } from "./cli.ts";
import { entries } from "./commands/index.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { describe, Interrupted, lineOf } from "./failure.ts";
import { entryHelp, programHelp } from "./help.ts";
import { Output } from "./output.ts";
import { commandOf, parse, type Typed } from "./parse.ts";
import { Terminal } from "./terminal.ts";

function version(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}

/** Ends the program gently at first and at once when asked again. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(new Interrupted());
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return controller.signal;
}

/** Nobody reads any more what is printed: there is nothing left to do, and nothing to complain about. */
function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit(exitCodes.ok);
    });
  }
}

async function execute(
  { path, entry, args, options, globals }: Typed,
  out: Output,
  signal: AbortSignal,
): Promise<void> {
  if (globals.version) return out.line(version());
  if (!entry) return out.line(programHelp(entries, out.paint));
  const command = commandOf(entry);
  if (globals.help || !command) return out.line(entryHelp(path, entry, out.paint));
  const cli = new Cli({ entries, out, terminal: new Terminal(), env: process.env, signal, chosen: globals });
  const running = command.run(cli, { args: args as Record<string, string>, options: options as never });
  await (command.endsItself ? running : cli.unlessInterrupted(running));
}

/** Runs what was typed and answers the exit code. Every failure becomes one line on standard error. */
export async function runProgram(words: readonly string[]): Promise<ExitCode> {
  const end = words.indexOf("--");
  const isJson = words.slice(0, end < 0 ? words.length : end).includes("--json");
  const out = new Output(process.stdout, process.stderr, process.env, isJson);
  const signal = interruptible();
  endWithReader();
  try {
    await execute(parse(words, entries), out, signal);
    return exitCodes.ok;
  } catch (thrown) {
    const error = signal.aborted ? signal.reason : thrown;
    const described = describe(error);
    const line = isJson
      ? JSON.stringify({ error: described })
      : `${out.paintNote("red", "baton:")} ${lineOf(described)}`;
    out.note(line);
    return described.exit_code;
  }
}
