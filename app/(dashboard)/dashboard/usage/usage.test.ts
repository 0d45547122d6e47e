import { expect, test } from "vitest";
import { columnsOf } from "./periods";
import { readUsageQuery, usageHref } from "./query";

test("the address chooses range, breakdown and page; nonsense in it is as nothing", () => {
  expect(readUsageQuery({})).toEqual({ days: 30, by: "model", page: 1 });
  expect(readUsageQuery({ days: "365", by: "member", page: "3" })).toEqual({ days: 365, by: "member", page: 3 });
  const nonsense = [
    { days: "31", by: "' or 1=1", page: "-1" },
    { days: ["7", "7"], by: "", page: "0" },
    { days: "7.0", by: "Model", page: "1e3" },
  ];
  for (const params of nonsense) expect(readUsageQuery(params)).toEqual({ days: 30, by: "model", page: 1 });
  expect(readUsageQuery({ page: "99999" }).page).toBe(50_000);
});

test("an address keeps what is not changed and leaves out what goes without saying", () => {
  const query = { days: 7, by: "key", page: 2 } as const;
  expect(usageHref(query, { days: 90, page: 1 })).toBe("/dashboard/usage?days=90&by=key");
  expect(usageHref(query, { by: "model" }, "#breakdown")).toBe("/dashboard/usage?days=7&page=2#breakdown");
  expect(usageHref(query, { days: 30, by: "model", page: 1 })).toBe("/dashboard/usage");
});

const day = (credits: number) => ({ invocations: 1, credits });

test("a month is shown by days, each beside the day as long before", () => {
  const rows = Array.from({ length: 60 }, (_, index) => day(index));
  const columns = columnsOf(rows, "credits", 30, "2027-03-01");
  expect(columns).toHaveLength(30);
  expect(columns[0]).toEqual({ label: "Jan 31", value: 30, before: 0 });
  expect(columns[29]).toEqual({ label: "Mar 1", value: 59, before: 29 });
});

test("a year is shown by weeks that end today, and nothing is lost or counted twice", () => {
  const rows = Array.from({ length: 730 }, (_, index) => day(index % 11));
  const columns = columnsOf(rows, "credits", 365, "2027-03-01");
  expect(columns).toHaveLength(53);
  expect(columns[0]?.label).toBe("Mar 2");
  expect(columns[52]?.label).toBe("Feb 23 – Mar 1");
  const total = (from: number, to: number) => rows.slice(from, to).reduce((sum, { credits }) => sum + credits, 0);
  expect(columns.reduce((sum, { value }) => sum + value, 0)).toBe(total(365, 730));
  expect(columns.reduce((sum, { before = 0 }) => sum + before, 0)).toBe(total(0, 365));
  expect(columnsOf(rows, "invocations", 365, "2027-03-01").reduce((sum, { value }) => sum + value, 0)).toBe(365);
  expect(new Set(columns.map(({ label }) => label)).size).toBe(53);
});
