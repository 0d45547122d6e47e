import { expect, test } from "vitest";
import { isUuid, newRequestId, randomText, uuidv7 } from "#lib/id";

test("random text has the asked length, letters and digits only, each about equally often", () => {
  for (const length of [0, 1, 32, 1_000]) expect(randomText(length)).toMatch(new RegExp(`^[A-Za-z0-9]{${length}}$`));
  const counts = new Map<string, number>();
  for (const letter of randomText(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(62);
  // 1000 expected of each, standard deviation 31: eight of them never happen by chance.
  for (const [letter, count] of counts) expect(Math.abs(count - 1_000), letter).toBeLessThan(250);
  expect(new Set(Array.from({ length: 1_000 }, () => randomText(32))).size).toBe(1_000);
});

test("UUIDs are version 7: they carry their time and sort by it", () => {
  const at = Date.parse("2027-03-01T08:15:00Z");
  const id = uuidv7(at);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
  const ids = Array.from({ length: 100 }, (_, ms) => uuidv7(at + ms));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => uuidv7(at))).size).toBe(1_000);
});

test("README 5.6: request ids are req_ and at least 9 letters or digits, never twice", () => {
  const ids = Array.from({ length: 10_000 }, () => newRequestId());
  for (const id of ids) expect(id).toMatch(/^req_[A-Za-z0-9]{16,}$/);
  expect(new Set(ids).size).toBe(10_000);
});

test("only what Postgres takes as a uuid counts as one", () => {
  expect(isUuid(uuidv7())).toBe(true);
  expect(isUuid(uuidv7().toUpperCase())).toBe(true);
  for (const text of [
    "",
    "x",
    "key_abc123",
    `${uuidv7()} `,
    `${uuidv7()}\n`,
    uuidv7().replaceAll("-", ""),
    `{${uuidv7()}}`,
    "' or 1=1 --",
  ]) {
    expect(isUuid(text), text).toBe(false);
  }
});
