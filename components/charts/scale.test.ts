import { expect, test } from "vitest";
import { depthOf, scaleOf, spread } from "./scale";

test("an axis holds every value and zero, in round whole numbers with one half-way up", () => {
  const tops: [number[], number][] = [
    [[], 2],
    [[0, 0], 2],
    [[1], 2],
    [[3], 4],
    [[7, 2], 8],
    [[11], 12],
    [[99], 100],
    [[101], 120],
    [[1_025], 1_200],
    [[999_999], 1_000_000],
  ];
  for (const [values, top] of tops) {
    expect(scaleOf(values), String(values)).toEqual({ top, bottom: 0, ticks: [top, top / 2, 0] });
    expect(Number.isInteger(top / 2)).toBe(true);
  }
});

test("credits given back reach below zero", () => {
  const scale = scaleOf([40, -12]);
  expect(scale).toEqual({ top: 40, bottom: -20, ticks: [40, 20, 0, -20] });
  expect([40, 0, -20].map((value) => depthOf(value, scale))).toEqual([0, (40 / 60) * 100, 100]);
});

test("labels are spread from the first place to the last", () => {
  expect(spread(7, 7)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(spread(3, 5)).toEqual([0, 1, 2]);
  expect(spread(30, 5)).toEqual([0, 7, 15, 22, 29]);
  expect(spread(90, 3)).toEqual([0, 45, 89]);
});
