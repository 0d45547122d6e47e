import type { Cli } from "./cli.ts";

export type Option = {
  /** A list is written with commas. */
  type: "string" | "boolean" | "number" | "integer" | "list";
  summary: string;
  short?: string;
  /** What stands for the value in help. */
  value?: string;
  choices?: readonly string[];
};
export type Options = Readonly<Record<string, Option>>;

export type Argument = {
  summary: string;
  optional?: true;
  /** Takes all words that are left, joined by spaces. */
  rest?: true;
};
export type Arguments = Readonly<Record<string, Argument>>;

type Word<O extends Option> = O["choices"] extends readonly (infer C)[] ? C : string;
type Value<O extends Option> = {
  string: Word<O>;
  boolean: true;
  number: number;
  integer: number;
  list: Word<O>[];
}[O["type"]];

/** What was typed, by the types of its declaration. */
export type Input<A extends Arguments, O extends Options> = {
  args: { [K in keyof A]: A[K] extends { optional: true } ? string | undefined : string };
  options: { [K in keyof O]?: Value<O[K]> };
};

/** A command. Help, completion and the reading of what was typed derive from it. */
export type Command<A extends Arguments = Arguments, O extends Options = Options> = {
  name: string;
  /** One line, beginning with a verb. */
  summary: string;
  args?: A;
  options?: O;
  /** More to know, as lines of help. */
  details?: string;
  examples?: readonly string[];
  /** It follows `cli.signal` itself, because it has to put something in order; others are just left. */
  endsItself?: true;
  /** Throws `Failure` or `BatonError`; the exit code follows from it. */
  run(cli: Cli, input: Input<A, O>): Promise<void>;
};

/** Commands under one word. */
export type Group = {
  name: string;
  summary: string;
  commands: readonly Command[];
  /** The command that is meant when none is named. */
  byDefault?: string;
};

export type Entry = Command | Group;

export const isGroup = (entry: Entry): entry is Group => "commands" in entry;

/** Declares a command; what `run` is given has the types of its arguments and options. */
export function command<const A extends Arguments, const O extends Options>(declared: Command<A, O>): Command {
  // The parser gives exactly what is declared, so the types may be forgotten here.
  return declared as unknown as Command;
}
