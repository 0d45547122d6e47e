import { describe, expect, test } from "vitest";
import { levelOf } from "#lib/budgets/figures";
import { costColumns, neighbours, readMonth } from "./query";
import { levelMarks } from "./words";

const today = "2026-03-15";

test("A2: the marks of the gauge are where the server's levels begin", () => {
  const levels = levelMarks.map((percent) => levelOf({ daily: 100, spent: percent, simulated: 0, reserved: 0 }));
  const below = levelMarks.map((percent) => levelOf({ daily: 100, spent: percent - 1, simulated: 0, reserved: 0 }));
  expect(levels).toEqual(["notice", "warning", "critical"]);
  expect(below).toEqual(["ok", "notice", "warning"]);
});

describe("the month of the costs", () => {
  test("is the current one up to today unless the address names an earlier one", () => {
    expect(readMonth(undefined, today)).toEqual({ name: "2026-03", start: "2026-03-01", end: today });
    expect(readMonth("2026-02", today)).toEqual({ name: "2026-02", start: "2026-02-01", end: "2026-02-28" });
    for (const wrong of ["2026-04", "2026-13", "x", ["2026-02", "2026-01"]])
      expect(readMonth(wrong, today).name).toBe("2026-03");
  });

  test("leads to the months beside it, none of them in the future", () => {
    expect(neighbours(readMonth("2026-01", today), today)).toEqual({ before: "2025-12", after: "2026-02" });
    expect(neighbours(readMonth(undefined, today), today)).toEqual({ before: "2026-02", after: null });
  });

  test("shows every day, in cents while the amounts are small", () => {
    const february = readMonth("2026-02", today);
    const small = costColumns({ "2026-02-03": 0.29 }, february);
    expect([small.unit, small.points.length, small.points[2]]).toEqual(["cents", 28, { label: "Feb 3", value: 29 }]);
    const large = costColumns({ "2026-02-28": 12.5 }, february);
    expect([large.unit, large.points[27]]).toEqual(["dollars", { label: "Feb 28", value: 12.5 }]);
    expect(large.days[27]).toEqual({ day: "2026-02-28", dollars: 12.5 });
  });
});
