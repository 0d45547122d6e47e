import { command, type Entry, isGroup } from "../command.ts";
import { misused } from "../failure.ts";
import { entryHelp, programHelp } from "../help.ts";
import { didYouMean } from "../suggest.ts";

export const help = command({
  name: "help",
  summary: "Show help for the program or a command",
  args: { command: { summary: "As in keys create", optional: true, rest: true } },
  async run({ out, entries }, { args }) {
    const path = args.command?.split(" ") ?? [];
    let known: readonly Entry[] = entries;
    let entry: Entry | undefined;
    for (const word of path) {
      const names = known.map(({ name }) => name);
      entry = known.find(({ name }) => name === word);
      if (!entry) throw misused(`There is no command "${args.command}"`, didYouMean(word, names));
      known = isGroup(entry) ? entry.commands : [];
    }
    out.line(entry ? entryHelp(path, entry, out.paint) : programHelp(entries, out.paint));
  },
});
