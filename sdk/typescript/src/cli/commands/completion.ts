import { command, type Entry, isGroup, type Options } from "../command.ts";
import { misused } from "../failure.ts";
import { commandOf, globalOptions } from "../parse.ts";

/** What may follow after the words of `path`. */
type Place = { path: string; words: string[]; choices: { options: string[]; values: readonly string[] }[] };

const dashed = (options: Options) => Object.keys(options).map((name) => `--${name}`);

function placeOf(path: string, words: string[], options: Options): Place {
  const choices = Object.entries(options).flatMap(([name, { short, choices: values }]) =>
    values ? [{ options: [`--${name}`, ...(short ? [`-${short}`] : [])], values }] : [],
  );
  return { path, words: [...words, ...new Set([...dashed(options), ...dashed(globalOptions)])], choices };
}

function placesOf(entries: readonly Entry[]): Place[] {
  const names = entries.map(({ name }) => name);
  const below = entries.flatMap((entry) => {
    const own = commandOf(entry)?.options ?? {};
    if (!isGroup(entry)) return [placeOf(entry.name, [], own)];
    const subcommands = entry.commands.map(({ name }) => name);
    return [
      placeOf(entry.name, subcommands, own),
      ...entry.commands.map((one) => placeOf(`${entry.name} ${one.name}`, [], one.options ?? {})),
    ];
  });
  return [placeOf("", names, {}), ...below];
}

const valued = dashed(Object.fromEntries(Object.entries(globalOptions).filter(([, { type }]) => type !== "boolean")));

/** The part that both shells share: `fit` is set from `place` and `prev`; nothing where a file may stand. */
function cases(entries: readonly Entry[]): string[] {
  const places = placesOf(entries);
  return [
    '  case "$place|$prev" in',
    ...places.flatMap(({ path, choices }) =>
      choices.map(({ options, values }) => {
        const patterns = options.map((option) => `"${path}|${option}"`).join("|");
        return `    ${patterns}) fit="${values.join(" ")}" ;;`;
      }),
    ),
    '    *) case "$place" in',
    ...places.map(({ path, words }) => `      "${path}") fit="${words.join(" ")}" ;;`),
    "    esac ;;",
    "  esac",
  ];
}

/** Finds the command in the words before the cursor, stepping over options and the values of those for all commands. */
function pathFinder(entries: readonly Entry[], list: string, first: number): string[] {
  const paths = placesOf(entries).flatMap(({ path }) => (path ? [`"${path}"`] : []));
  return [
    `  for ((i = ${first}; i < at; i++)); do`,
    `    word="\${${list}[i]}"`,
    `    case "$word" in ${valued.join("|")}) i=$((i + 1)); continue ;; -*) continue ;; esac`,
    `    try="$place $word"; try="\${try# }"`,
    `    case "$try" in ${paths.join("|")}) place="$try" ;; *) break ;; esac`,
    "  done",
  ];
}

function bash(entries: readonly Entry[]): string {
  return [
    "# Completion of baton for bash: source <(baton completion bash)",
    "_baton() {",
    `  local i word try place="" fit="" at=$COMP_CWORD cur="\${COMP_WORDS[COMP_CWORD]}"`,
    `  local prev="\${COMP_WORDS[COMP_CWORD - 1]}"`,
    ...pathFinder(entries, "COMP_WORDS", 1),
    ...cases(entries),
    '  COMPREPLY=($(compgen -W "$fit" -- "$cur"))',
    "}",
    // Where no word fits, file names do: folders to pack, packages to deploy.
    "complete -o default -F _baton baton",
  ].join("\n");
}

function zsh(entries: readonly Entry[]): string {
  return [
    "#compdef baton",
    "# Completion of baton for zsh: source <(baton completion zsh)",
    "_baton() {",
    '  local i word try place="" fit="" at=$CURRENT prev="$words[CURRENT-1]"',
    ...pathFinder(entries, "words", 2),
    ...cases(entries),
    "  compadd -- $(print -r -- $fit) || _files",
    "}",
    // Read as a file of completions it is called at once; read as a script it is registered.
    'if [[ "$funcstack[1]" = "_baton" ]]; then _baton "$@"; else compdef _baton baton; fi',
  ].join("\n");
}

export const completion = command({
  name: "completion",
  summary: "Print the completion for a shell",
  args: { shell: { summary: "bash or zsh" } },
  examples: ["source <(baton completion bash)", "baton completion zsh > ~/.zfunc/_baton"],
  async run({ out, entries }, { args: { shell } }) {
    if (shell !== "bash" && shell !== "zsh")
      throw misused(`There is no completion for "${shell}"`, "There is for bash and zsh.");
    out.line(shell === "bash" ? bash(entries) : zsh(entries));
  },
});
