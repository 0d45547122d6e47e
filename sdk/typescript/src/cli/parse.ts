import { parseArgs } from "node:util";
import { type Arguments, type Command, type Entry, type Group, isGroup, type Option, type Options } from "./command.ts";
import { misused } from "./failure.ts";
import { didYouMean } from "./suggest.ts";

/** Options that every command takes. */
export const globalOptions = {
  url: { type: "string", value: "address", summary: "Where Baton runs (BATON_URL, else the profile's)" },
  key: { type: "string", value: "key", summary: "The API key (BATON_API_KEY, else the profile's)" },
  profile: { type: "string", value: "name", summary: "The stored login to use (BATON_PROFILE, else default)" },
  json: { type: "boolean", summary: "Print JSON for programs: one document, or one line for each event" },
  help: { type: "boolean", short: "h", summary: "Show help for the command" },
  version: { type: "boolean", summary: "Show the program's version" },
} as const satisfies Options;

export type Typed = {
  /** The words that led to the command. */
  path: string[];
  entry: Entry | undefined;
  args: Record<string, string | undefined>;
  /** The command's own options. */
  options: Record<string, unknown>;
  /** Those that every command takes. */
  globals: Globals;
};
type Globals = { url?: string; key?: string; profile?: string; json?: true; help?: true; version?: true };

const takesValue = (word: string) => {
  const option = (globalOptions as Options)[word.slice(2)];
  return word.startsWith("--") && option !== undefined && option.type !== "boolean";
};

type Found = { path: string[]; entry: Entry | undefined; rest: string[] };

/** Walks down to the command that the words name; what is left belongs to it. Throws for a word that names none. */
function findEntry(words: readonly string[], entries: readonly Entry[]): Found {
  const found: Found = { path: [], entry: undefined, rest: [] };
  let known = entries;
  let at = 0;
  for (; at < words.length && known.length > 0; at++) {
    const word = words[at] ?? "";
    if (word === "--") break;
    if (word.startsWith("-")) {
      found.rest.push(word);
      if (takesValue(word)) found.rest.push(words[++at] ?? "");
      // An option of the command itself: the command is named by now.
      else if (found.entry && !(word.replace(/^-+|=.*/g, "") in globalOptions) && word !== "-h") {
        at++;
        break;
      }
      continue;
    }
    const next = known.find(({ name }) => name === word);
    if (!next) {
      const path = ["baton", ...found.path].join(" ");
      const names = known.map(({ name }) => name);
      throw misused(
        `There is no command "${[...found.path, word].join(" ")}"`,
        didYouMean(word, names) ?? `See "${path} --help".`,
      );
    }
    found.path.push(word);
    found.entry = next;
    known = isGroup(next) ? next.commands : [];
  }
  found.rest.push(...words.slice(at));
  return found;
}

/** The command that a group means when none is named. */
export function commandOf(entry: Entry | undefined): Command | undefined {
  if (!entry || !isGroup(entry)) return entry;
  return entry.commands.find(({ name }) => name === (entry as Group).byDefault);
}

function read(name: string, { type, choices }: Option, text: string): unknown {
  const words = type === "list" ? text.split(",").map((word) => word.trim()) : [text];
  for (const word of words) {
    if (choices && !choices.includes(word)) {
      throw misused(`--${name} takes ${choices.join(", ")}; this was "${word}"`, didYouMean(word, choices));
    }
  }
  if (type === "list") return words.filter((word) => word !== "");
  if (type === "string") return text;
  const number = Number(text);
  const isRight = text.trim() !== "" && (type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number));
  if (!isRight)
    throw misused(`--${name} takes ${type === "integer" ? "a whole number" : "a number"}; this was "${text}"`);
  return number;
}

function readOptions(rest: string[], declared: Options, path: string) {
  const known = { ...globalOptions, ...declared } as Options;
  const shape = Object.entries(known).map(([name, { type, short }]) => {
    const kind = type === "boolean" ? ("boolean" as const) : ("string" as const);
    return [name, { type: kind, ...(short && { short }) }];
  });
  const { tokens } = parseArgs({
    args: rest,
    options: Object.fromEntries(shape),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const options: Record<string, unknown> = {};
  const globals: Record<string, unknown> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    const option = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!option) {
      const names = Object.keys(known).map((one) => `--${one}`);
      throw misused(
        `"${path}" has no option ${rawName}`,
        didYouMean(rawName, names) ?? `See "${path} --help"; a text that begins with - stands behind --.`,
      );
    }
    if (option.type === "boolean" && value !== undefined) throw misused(`--${name} takes no value`);
    if (option.type !== "boolean" && value === undefined) throw misused(`--${name} needs a value`);
    // A command's own option takes the place of one that all have.
    const place = Object.hasOwn(declared, name) ? options : globals;
    place[name] = value === undefined ? true : read(name, option, value);
  }
  return { options, globals: globals as Globals, words };
}

function readArguments(words: string[], declared: Arguments, path: string): Record<string, string | undefined> {
  const args: Record<string, string | undefined> = {};
  const left = [...words];
  for (const [name, { optional, rest }] of Object.entries(declared)) {
    const value = rest ? left.splice(0).join(" ") || undefined : left.shift();
    if (value === undefined && !optional) throw misused(`"${path}" needs <${name}>`, `See "${path} --help".`);
    args[name] = value;
  }
  if (left.length > 0) throw misused(`"${path}" takes no more words; this was one too many: "${left[0]}"`);
  return args;
}

/** Reads what was typed. Throws `Failure` with the nearest known word where one is not known. */
export function parse(words: readonly string[], entries: readonly Entry[]): Typed {
  const { path, entry, rest } = findEntry(words, entries);
  const command = commandOf(entry);
  const line = ["baton", ...path].join(" ");
  const { options, globals, words: left } = readOptions(rest, command?.options ?? {}, line);
  const isAsking = globals.help === true || globals.version === true;
  const args = command && !isAsking ? readArguments(left, command.args ?? {}, line) : {};
  return { path, entry, args, options, globals };
}
