import { expect, test } from "vitest";
import { burnOf } from "./burn";
import { readCredits } from "./price";
import { billingHref, csvHref, parseFilter, readBillingQuery } from "./query";
import { describeTopup, formatCents, formatPerCredit } from "./words";

const days = (...credits: number[]) => credits.map((each) => ({ credits: each }));

test("the burn rate is the mean of the days, and what is available lasts for whole days", () => {
  expect(burnOf(1_000, days(0, 0, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 70))).toEqual({ perDay: 10, daysLeft: 100 });
  expect(burnOf(10, days(3, 4))).toEqual({ perDay: 3.5, daysLeft: 2 });
  expect(burnOf(0, days(3, 4))).toEqual({ perDay: 3.5, daysLeft: 0 });
  expect(burnOf(25, days(1, ...Array<number>(13).fill(0)))).toEqual({ perDay: 0.1, daysLeft: 350 });
});

test("without use, or with more given back than used, nothing runs out", () => {
  for (const used of [days(), days(0, 0), days(5, -9)]) expect(burnOf(25, used)).toEqual({ perDay: 0, daysLeft: null });
});

test("C24 a price has the digits it needs, and a credit's price is exact", () => {
  expect([1_000, 4_500, 123].map(formatCents)).toEqual(["$10.00", "$45.00", "$1.23"]);
  expect([formatPerCredit(1_000, 1_000), formatPerCredit(4_500, 5_000), formatPerCredit(16_000, 20_000)]).toEqual([
    "$0.01",
    "$0.009",
    "$0.008",
  ]);
  expect(describeTopup({ package: "growth", credits: 5_000 })).toBe("Growth package");
  expect(describeTopup({ package: null, credits: 12_345 })).toBe("12,345 credits");
});

test("C24 only whole credits within the bounds can be bought", () => {
  const bounds = { min: 100, max: 1_000_000 };
  expect(readCredits(" 250 ", bounds)).toEqual({ ok: true, credits: 250 });
  expect(readCredits("1000000", bounds)).toEqual({ ok: true, credits: 1_000_000 });
  for (const typed of ["", "99", "1000001", "-100", "100.5", "1e3", "0x100", "１００", "9".repeat(20)])
    expect(readCredits(typed, bounds), typed).toEqual({ ok: false, message: "A whole number from 100 to 1,000,000" });
});

test("C25 the address holds filter and pages; a wrong filter is told, not dropped", () => {
  const query = readBillingQuery({ type: "purchase", from: "2027-03-01", page: "2", topups: "x" });
  expect(query).toEqual({ type: "purchase", from: "2027-03-01", to: "", page: 2, topups: 1 });
  expect(parseFilter(query)).toEqual({ ok: true, filter: { type: "purchase", from: "2027-03-01" } });
  expect(billingHref(query, { page: 1 }, "#history")).toBe("/dashboard/billing?type=purchase&from=2027-03-01#history");
  expect(billingHref(query, { type: "", from: "", page: 1 })).toBe("/dashboard/billing");
  expect(csvHref(query)).toBe("/api/credits/history?format=csv&type=purchase&from=2027-03-01");
  const wrong: [Record<string, string>, RegExp][] = [
    [{ type: "gift" }, /^type: /],
    [{ from: "yesterday" }, /^from: Must be a date/],
    [{ from: "2027-03-02", to: "2027-03-01" }, /^from must not be after to$/],
  ];
  for (const [params, message] of wrong)
    expect(parseFilter(readBillingQuery(params))).toEqual({ ok: false, message: expect.stringMatching(message) });
});
