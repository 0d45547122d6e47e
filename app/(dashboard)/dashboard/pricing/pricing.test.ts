import { expect, test } from "vitest";
import { formatChange, formatCost, formatMarkup, formatPrice } from "./money";
import { changeOf, groups, labelOf, textsOf } from "./policy/figures";
import { chipsOf, quotesFileHref, quotesHref, readQuotesQuery } from "./query";
import { builderHref, initialFields } from "./quotes/new/fields";
import { parseFields, readFields } from "./quotes/new/read-fields";

test("the address of the quotes: what is wrong in it is left out, the rest comes back as it was", () => {
  const query = readQuotesQuery({
    model: "opus",
    segment: "nobody",
    guardrail: "missed",
    from: "yesterday",
    page: "2",
  });
  expect(query).toEqual({ filter: { model: "opus", guardrail: "missed" }, page: 2 });
  expect(quotesHref(query, { page: 3 })).toBe("/dashboard/pricing?model=opus&guardrail=missed&page=3");
  expect(quotesFileHref(query)).toBe("/api/pricing/quotes?format=csv&model=opus&guardrail=missed");
  expect(chipsOf(query)).toEqual([
    { label: "Model", value: "opus", without: "/dashboard/pricing?guardrail=missed" },
    { label: "Guard-rail", value: "Missed", without: "/dashboard/pricing?model=opus" },
  ]);
});

test("the builder's address holds what differs from a first visit, also what is half typed", () => {
  expect(builderHref(initialFields)).toBe("/dashboard/pricing/quotes/new");
  const fields = { ...initialFields, model: "opus", estimated_input: "", segment: "startup" as const };
  const href = builderHref(fields);
  expect(readFields(Object.fromEntries(new URL(href, "http://x").searchParams))).toEqual(fields);
  expect(readFields({ segment: "nobody", task_type: "  " })).toEqual(initialFields);
});

test.each(["-1", "1.5", "", "1e3", "100000001", "NaN"])(
  "the builder prices nothing for %j tokens and says why",
  (text) => {
    expect(parseFields({ ...initialFields, estimated_output: text })).toEqual({
      problems: { estimated_output: "A whole number from 0 to 100,000,000" },
    });
  },
);

const figures = {
  complexity_markup: { low: 3, medium: 4, high: 5 },
  segment_adjustments: { enterprise: 0.5, mid_market: 0, smb: -0.5, startup: -1 },
  minimum_price: 0.5,
  margin_thresholds: { task: 55, subscription: 50, enterprise: 45 },
};

test("a change of the policy holds only the figures that differ", () => {
  const typed = textsOf(figures);
  expect(changeOf(figures, { ...typed, "complexity_markup.low": "3.00" })).toEqual({});
  expect(
    changeOf(figures, {
      ...typed,
      "segment_adjustments.smb": "0",
      "segment_adjustments.startup": "-2",
      minimum_price: "1",
    }),
  ).toEqual({ segment_adjustments: { smb: 0, startup: -2 }, minimum_price: 1 });
});

test("every figure of the policy has one field and words of its own", () => {
  const names = groups.flatMap(({ rows }) => rows.map(({ name }) => name));
  expect(names.toSorted()).toEqual(Object.keys(textsOf(figures)).toSorted());
  expect(new Set(names.map(labelOf)).size).toBe(names.length);
});

test("money is written in cents, costs as exactly as they are", () => {
  expect(formatPrice(2.1)).toBe("$2.10");
  expect(formatCost(0.0028)).toBe("$0.0028");
  expect(formatCost(1500)).toBe("$1,500.00");
  expect(formatMarkup(3.3)).toBe("× 3.3");
  expect([formatChange(0), formatChange(-4.5), formatChange(50)]).toEqual(["unchanged", "−4.5\u00a0%", "+50.0\u00a0%"]);
});
