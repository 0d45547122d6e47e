import { expect, test } from "vitest";
import { kinds, levels } from "#lib/handoff/schema";
import { categories } from "#lib/knowledge/schema";
import { importances, projectStatuses } from "#lib/projects/schema";
import { sessionStatuses, sessionTypes } from "#lib/work-sessions/schema";
import { excerptOf } from "../knowledge/highlight";
import { categoryWords } from "../knowledge/words";
import { fileNameOf } from "../projects/download";
import {
  formatMinutes,
  idIn,
  importanceWords,
  kindWords,
  levelWords,
  projectWords,
  sessionWords,
  typeWords,
} from "../projects/words";
import { diffLines } from "./diff";
import { savedPercent, sizeOf } from "./measure";

test("the pages name everything that the work desk knows", () => {
  expect(Object.keys(projectWords)).toEqual([...projectStatuses]);
  expect(Object.keys(importanceWords)).toEqual([...importances]);
  expect(Object.keys(sessionWords)).toEqual([...sessionStatuses]);
  expect(Object.keys(typeWords)).toEqual([...sessionTypes]);
  expect(Object.keys(kindWords)).toEqual([...kinds]);
  expect(Object.keys(levelWords)).toEqual([...levels]);
  expect(Object.keys(categoryWords)).toEqual([...categories]);
});

test("lines and tokens of a text are counted, and what was saved is never below 0", () => {
  expect(sizeOf("")).toEqual({ lines: 0, tokens: 0 });
  expect(sizeOf("one line")).toEqual({ lines: 1, tokens: 2 });
  expect(sizeOf("a\r\nb\n")).toEqual({ lines: 3, tokens: 2 });
  expect(savedPercent(450, 12)).toBe(97);
  expect([savedPercent(1, 20), savedPercent(0, 20)]).toEqual([0, 0]);
});

test("what changed between two briefings is told line by line", () => {
  const lines = (before: string, after: string) => diffLines(before, after)?.map(({ mark, text }) => `${mark} ${text}`);
  expect(lines("a\nb\nc", "a\nx\nc\nd")).toEqual(["same a", "removed b", "added x", "same c", "added d"]);
  expect(lines("a", "a")).toEqual(["same a"]);
  expect(lines("a\n".repeat(500), "a")).toBeUndefined();
});

test("an excerpt holds the word that was found, and says where it was cut", () => {
  const text = `${"before ".repeat(100)}Needle ${"after ".repeat(100)}`;
  const excerpt = excerptOf(text, "needle");
  expect(excerpt).toMatch(/^… .*Needle.* …$/);
  expect(excerptOf("short", "needle")).toBe("short");
});

test("names of files, ids in addresses and minutes are read and written plainly", () => {
  expect([fileNameOf("Barber SaaS ✂️ / v2"), fileNameOf("✂️"), fileNameOf("Žlutý kůň")]).toEqual([
    "barber-saas-v2",
    "project",
    "žlutý-kůň",
  ]);
  expect([idIn("12"), idIn("0"), idIn("1e3"), idIn("-1"), idIn("9".repeat(16))]).toEqual([
    12,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect([formatMinutes(59), formatMinutes(95)]).toEqual(["59 min", "1 h 35 min"]);
});
