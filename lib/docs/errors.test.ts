import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findGuide } from "#lib/docs/read";
import { AppError, type ErrorCode } from "#lib/errors";
import { type Meta, statuses } from "#lib/http/dialect";
import { cloud } from "#lib/http/dialects/cloud";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";

const root = join(import.meta.dirname, "../..");
const { markdown } = (await findGuide("errors")) ?? { markdown: "" };
const meta: Meta = { requestId: "req_test", method: "POST", path: "/", now: new Date() };

/** The cells of the table whose first cell is a word in code. */
function rowsBelow(heading: string): string[][] {
  const [, part = ""] = markdown.split(`## ${heading}\n`);
  return (part.split("\n## ")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

test("the table of codes says what the dialects answer, for every code there is", () => {
  const written = rowsBelow("Every code").map((cells) => cells.slice(0, 5));
  const real = (Object.keys(statuses) as ErrorCode[]).map((code) => {
    const error = new AppError(code, "words", { retryAfterSeconds: 1 });
    const cloudBody = cloud.error(error, meta).body as { code: string };
    const orchestraBody = orchestra.error(error, meta).body as { error: { code: string } };
    return [
      code,
      String(statuses[code]),
      cloudBody.code,
      orchestraBody.error.code,
      String(orchestratex.error(error, meta).status),
    ];
  });
  expect(written).toEqual(real);
  for (const cells of rowsBelow("Every code")) expect(cells[5]?.length, cells[0]).toBeGreaterThan(20);
});

const given = '(?:"[^"\\n]*"|`[^`]*`|[^;"`])*?';
const thrownWith = new RegExp(
  [
    '[rR]eason(?: =|:) "([A-Z][A-Z_]+)"',
    `(?:conflict|forbidden|unauthorized|refused)\\(${given}"([A-Z][A-Z_]{4,})",?\\s*\\)`,
    `new ProviderError\\(${given}"(PROVIDER_[A-Z_]+)"`,
  ].join("|"),
  "g",
);

/** Every word in capitals that an error is thrown with, by the source. */
async function reasonsInSource(): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const file of glob("{lib,app,server}/**/*.ts", { cwd: root })) {
    if (/\.test\.ts$|lib\/(testing|docs)\/|\(dashboard\)/.test(file)) continue;
    const source = await readFile(join(root, file), "utf8");
    const thrown = source.matchAll(thrownWith);
    for (const [, ...names] of thrown) found.add(names.find(Boolean) ?? "");
  }
  return found;
}

test("the table of reasons has every reason of the source, and no other", async () => {
  const written = rowsBelow("Exact reasons").map(([name = ""]) => name);
  expect(written).toEqual([...written].sort());
  expect(written).toEqual([...(await reasonsInSource())].sort());
});
