import { expect, test } from "vitest";
import { relativeWords } from "./relative-words";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [0, "just now"],
  [-9_999, "just now"],
  [-10 * second, "10 seconds ago"],
  [-59.4 * second, "59 seconds ago"],
  [-59.6 * second, "1 minute ago"],
  [-89 * second, "1 minute ago"],
  [-59.7 * minute, "1 hour ago"],
  [-23.4 * hour, "23 hours ago"],
  [-23.6 * hour, "1 day ago"],
  [-29 * day, "29 days ago"],
  [-31 * day, "1 month ago"],
  [-350 * day, "11 months ago"],
  [-364 * day, "1 year ago"],
  [-366 * day, "1 year ago"],
  [-800 * day, "2 years ago"],
  [3 * day, "in 3 days"],
  [45 * second, "in 45 seconds"],
])("%d ms from now is %s", (ms, words) => {
  expect(relativeWords(ms)).toBe(words);
});
