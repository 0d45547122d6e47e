import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isGroup } from "../../src/cli/command.ts";
import { entries } from "../../src/cli/commands/index.ts";
import { exitCodeWords } from "../../src/cli/exit-codes.ts";
import { cell, clean, table } from "../../src/cli/output.ts";
import { globalOptions } from "../../src/cli/parse.ts";
import { cliIn, lines } from "./program.ts";

const { home, run } = cliIn(() => ({}));
const sdk = join(import.meta.dirname, "../..");

describe("what is typed", () => {
  const paths = entries.flatMap((entry) => [
    [entry.name],
    ...(isGroup(entry) ? entry.commands.map(({ name }) => [entry.name, name]) : []),
  ]);

  test("the program's help names every command and exit code, and every command has help of its own", async () => {
    const { code, out } = await run([]);
    expect(code).toBe(0);
    for (const { name, summary } of entries) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
    expect(out).toMatch(/^ {2}130 {2}interrupted$/m);
    const shown = await Promise.all(paths.slice(0, 4).map((path) => run([...path, "--help"])));
    for (const [at, one] of shown.entries())
      expect(one.out, paths[at]?.join(" ")).toMatch(/^[A-Z].*\n\nUsage\n {2}baton /);
    expect((await run(["help", "keys", "create"])).out).toBe((await run(["keys", "create", "-h"])).out);
    for (const entry of entries.flatMap((one) => (isGroup(one) ? one.commands : [one]))) {
      expect(entry.summary, entry.name).toMatch(/^[A-Z].*[^.]$/);
      for (const example of entry.examples ?? []) expect(example, entry.name).toContain("baton ");
    }
    expect((await run(["--version"])).out).toBe(
      `${JSON.parse(readFileSync(join(sdk, "package.json"), "utf8")).version}\n`,
    );
  });

  test.each([
    [["kyes"], 'Did you mean "keys"?'],
    [["keys", "lst"], 'Did you mean "list"?'],
    [["spawn", "x", "--modle", "k2p5"], 'Did you mean "--model"?'],
    [["quote", "--model", "sonett"], 'Did you mean "sonnet"?'],
    [["spawn"], "needs <task>"],
    [["agents", "get", "a", "b"], 'one too many: "b"'],
    [["agents", "--limit", "many"], "takes a whole number"],
    [["agents", "--limit"], "needs a value"],
    [["credits", "--json=yes"], "takes no value"],
    [["completion", "fish"], "bash and zsh"],
    [["credits", "--url", "localhost"], "is no address"],
  ])("%j is refused with advice", async (words, message) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(lines(err)).toEqual([expect.stringContaining(message)]);
  });

  test("without a key there is nothing to do but to log in; a stored file that is broken is named", async () => {
    expect(await run(["credits"])).toMatchObject({ code: 3, err: expect.stringContaining("baton login") });
    expect(await run(["login"])).toMatchObject({ code: 2, err: expect.stringContaining("--key") });
    const env = { XDG_CONFIG_HOME: join(home, "broken") };
    mkdirSync(join(home, "broken/baton"), { recursive: true });
    writeFileSync(join(home, "broken/baton/config.json"), "{");
    expect(await run(["credits"], { env })).toMatchObject({
      code: 2,
      err: expect.stringContaining("config.json is not JSON"),
    });
  });
});

describe("completion", () => {
  test("bash completes commands, subcommands, options and their words", async () => {
    const { out } = await run(["completion", "bash"]);
    const script = join(home, "baton.bash");
    writeFileSync(script, out);
    const complete = (line: string) => {
      const words = line.split(" ");
      const quoted = words.map((word) => `'${word}'`).join(" ");
      const text = `source ${script}; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _baton; echo "\${COMPREPLY[@]}"`;
      return execFileSync("bash", ["-c", text], { encoding: "utf8" }).trim();
    };
    expect(complete("baton de")).toBe("deploy");
    expect(complete("baton keys r")).toBe("rotate revoke");
    expect(complete("baton --profile work keys create --sc")).toBe("--scopes");
    expect(complete("baton spawn x --priority ")).toBe("low normal high");
    expect(complete("baton spawn x -m ")).toBe("k2p5 sonnet opus");
    expect(complete("baton agents --st")).toBe("--status");
    expect(complete("baton pack ./fol")).toBe("");
  });

  test("zsh has the same words, and takes the script where it is there", async () => {
    const { out } = await run(["completion", "zsh"]);
    expect(out).toMatch(/^#compdef baton\n/);
    expect(out).toContain('"keys") fit="list create rotate revoke');
    const checked = spawnSync("zsh", ["-n"], { input: out, encoding: "utf8" });
    expect(checked.error ? "" : checked.stderr).toBe("");
  });
});

test("columns are aligned, and text of others cannot move a terminal's cursor", () => {
  const rows = [
    { name: "a\nb\u001b[2J", count: 5 },
    { name: "Größe", count: 1200 },
  ];
  const columns = [
    { title: "NAME", of: (row: (typeof rows)[number]) => row.name },
    { title: "COUNT", of: (row: (typeof rows)[number]) => row.count, isNumber: true },
  ];
  expect(table(rows, columns, (_, text) => text)).toBe("NAME    COUNT\na b[2J      5\nGröße    1200");
  expect(clean("a\r\nb\u001b]0;title\u0007\tc\u009b")).toBe("a\nb]0;title\tc");
  expect(cell(null)).toBe("–");
});

test("the guide names every command, every exit code, and no option that does not exist", () => {
  const guide = readFileSync(join(sdk, "../../docs/cli.md"), "utf8");
  const commands = entries.flatMap((entry) => (isGroup(entry) ? entry.commands : [entry]));
  for (const { name } of [...entries, ...commands]) expect(guide, name).toMatch(new RegExp(`\\b${name}\\b`));
  for (const [code, words] of exitCodeWords) expect(guide).toMatch(new RegExp(`^\\| ${code} +\\| ${words} +\\|$`, "m"));
  const options = [globalOptions, ...commands.map((one) => one.options ?? {})].flatMap((one) => Object.keys(one));
  const table = guide.slice(guide.indexOf("## Commands"), guide.indexOf("## For scripts"));
  const named = [...table.matchAll(/--([a-z][a-z-]*)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !options.includes(name ?? ""))).toEqual([]);
});
