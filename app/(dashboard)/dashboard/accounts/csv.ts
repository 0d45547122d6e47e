import type { Platform } from "#lib/account-pool/schema";
import { oneOf } from "../projects/words";
import { batchMax, platformWords } from "./words";

export type ImportRow = {
  /** Of the pasted text, from 1. */
  line: number;
  account_name: string;
  account_email: string | null;
  platform: Platform;
  specialization: string | null;
  /** What keeps the row from being added; the other rows wait for it too. */
  problem: string | null;
};

const names = ["account_name", "account_email", "platform", "specialization"] as const;
type Column = (typeof names)[number];

const aliases: Record<string, Column> = { name: "account_name", email: "account_email", "e-mail": "account_email" };

/** The cells of each line of comma, semicolon or tab separated text; quotes hold what separates. */
function cellsOf(text: string): { line: number; cells: string[] }[] {
  const first = text.split("\n", 1)[0] ?? "";
  const separator = ["\t", ";", ","].find((one) => first.includes(one)) ?? ",";
  const rows: { line: number; cells: string[] }[] = [];
  let [cells, cell, line, startedAt, isQuoted] = [[] as string[], "", 1, 1, false];
  const endRow = () => {
    cells.push(cell);
    if (cells.some((one) => one.trim() !== "")) rows.push({ line: startedAt, cells: cells.map((one) => one.trim()) });
    cells = [];
    cell = "";
    startedAt = line;
  };
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (letter === "\n") line += 1;
    if (letter === '"' && isQuoted && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (isQuoted || cell.trim() === "")) isQuoted = !isQuoted;
    else if (isQuoted) cell += letter;
    else if (letter === separator) {
      cells.push(cell);
      cell = "";
    } else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  endRow();
  return rows;
}

/** The columns that a first line names, or nothing when it is an account already. */
function headOf(cells: readonly string[]): (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => {
    const word = cell.toLowerCase().replaceAll(" ", "_");
    return aliases[word] ?? names.find((name) => name === word);
  });
  return columns.includes("account_name") ? columns : undefined;
}

/**
 * Reads pasted accounts: a head that names the columns in any order, or name, e-mail, platform and specialization in this
 * order. Each row says what is wrong with it.
 */
export function parseAccounts(text: string): ImportRow[] {
  const [first, ...rest] = cellsOf(text);
  if (!first) return [];
  const head = headOf(first.cells);
  const columns = head ?? names;
  const seen = new Set<string>();
  return (head ? rest : [first, ...rest]).map(({ line, cells }, index) => {
    const value = (name: Column) => cells[columns.indexOf(name)] ?? "";
    const account_name = value("account_name");
    const platform = value("platform").toLowerCase() || "genspark";
    const isTwice = seen.has(account_name);
    seen.add(account_name);
    const problems = [
      ...(account_name === "" ? ["The name is missing"] : []),
      ...(account_name.length > 100 ? ["The name has more than 100 characters"] : []),
      ...(account_name !== "" && isTwice ? ["This name comes twice"] : []),
      ...(oneOf(platformWords, platform) ? [] : [`Unknown platform “${value("platform")}”`]),
      ...(index >= batchMax ? [`More than ${batchMax} accounts at once`] : []),
    ];
    return {
      line,
      account_name,
      account_email: value("account_email") || null,
      platform: oneOf(platformWords, platform) ?? "other",
      specialization: value("specialization") || null,
      problem: problems[0] ?? null,
    };
  });
}

/** What the server says of a row, out of its answer: `accounts[3].platform` and `accounts.3.platform` are both row 3. */
export function problemsByRow(fields: Record<string, string>): Map<number, string> {
  const found = Object.entries(fields).flatMap(([field, message]): [number, string][] => {
    const index = /^accounts[[.](\d+)/.exec(field)?.[1];
    return index === undefined ? [] : [[Number(index), message]];
  });
  return new Map(found);
}
