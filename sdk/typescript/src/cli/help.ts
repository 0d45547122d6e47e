import { type Command, type Entry, isGroup, type Option, type Options } from "./command.ts";
import { exitCodeWords } from "./exit-codes.ts";
import type { Paint } from "./output.ts";
import { commandOf, globalOptions } from "./parse.ts";

const indented = (lines: readonly (readonly [string, string])[]) => {
  const longest = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.map(([name, words]) => `  ${name.padEnd(longest)}  ${words}`.trimEnd());
};

function optionLine([name, { short, type, value, choices, summary }]: [string, Option]): readonly [string, string] {
  const what = choices
    ? choices.join("|")
    : (value ?? (type === "list" ? "a,b" : type === "string" ? "text" : "number"));
  const dashes = short ? `-${short}, --${name}` : `    --${name}`;
  const isShort = what.length <= 24;
  const shown = type === "boolean" ? dashes : `${dashes} <${isShort ? what : (value ?? "word")}>`;
  return [shown, choices && !isShort ? `${summary}: ${choices.join(", ")}` : summary];
}

const optionLines = (options: Options) => indented(Object.entries(options).map(optionLine));

/** How a command is typed. */
export function usageOf(path: readonly string[], command: Command | undefined): string {
  const args = Object.entries(command?.args ?? {}).map(([name, { optional, rest }]) => {
    const word = `${name}${rest ? "..." : ""}`;
    return optional ? `[${word}]` : `<${word}>`;
  });
  return ["baton", ...path, ...args, "[options]"].join(" ");
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  return lines.length === 0 ? [] : ["", paint("bold", title), ...lines];
}

/** Help for the whole program. */
export function programHelp(entries: readonly Entry[], paint: Paint): string {
  const lines = [
    "Baton from the command line: models, agents, orchestrations and agent apps.",
    ...section("Usage", ["  baton <command> [options]"], paint),
    ...section("Commands", indented(entries.map(({ name, summary }) => [name, summary] as const)), paint),
    ...section("Options of every command", optionLines(globalOptions), paint),
    ...section("Exit codes", indented(exitCodeWords.map(([code, words]) => [String(code).padStart(3), words])), paint),
    "",
    'Begin with "baton login". "baton <command> --help" tells more.',
  ];
  return lines.join("\n");
}

/** Help for one command, or for the commands under one word. */
export function entryHelp(path: readonly string[], entry: Entry, paint: Paint): string {
  const command = commandOf(entry);
  const subcommands = isGroup(entry) ? entry.commands : [];
  const args = Object.entries(command?.args ?? {}).map(([name, { summary }]) => [name, summary] as const);
  const own = command?.options ?? {};
  const others = Object.fromEntries(Object.entries(globalOptions).filter(([name]) => !Object.hasOwn(own, name)));
  const usage = isGroup(entry) ? `baton ${path.join(" ")} <command> [options]` : usageOf(path, command);
  const lines = [
    `${entry.summary}.`,
    ...section("Usage", [`  ${usage}`], paint),
    ...section(
      "Commands",
      indented(subcommands.map((one) => [usageOf([one.name], one).replace(/^baton | \[options\]$/g, ""), one.summary])),
      paint,
    ),
    ...(isGroup(entry) ? [] : section("Arguments", indented(args), paint)),
    ...section(isGroup(entry) ? `Options of ${command?.name}` : "Options", optionLines(own), paint),
    ...section("Options of every command", optionLines(others), paint),
    ...(command?.details ? ["", command.details] : []),
    ...section(
      "Examples",
      (command?.examples ?? []).map((line) => `  ${line}`),
      paint,
    ),
  ];
  return lines.join("\n");
}
