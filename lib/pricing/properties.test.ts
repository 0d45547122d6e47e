import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priceQuote, type QuoteRequest } from "#lib/pricing/arithmetic";
import { changeHundredths, divideHalfUp, meanOf, quotient, toMillionths } from "#lib/pricing/decimal";
import { complexities, deliveryTypes, quotedModels, segments } from "#lib/pricing/names";
import { defaultPolicy, type PolicyFigures } from "#lib/pricing/policy/figures";
import { quoteWire } from "#lib/pricing/quotes/wire";
import { rollupOf } from "#lib/pricing/rollup";

describe("properties", () => {
  const tokens = fc.oneof(fc.integer({ min: 0, max: 100_000_000 }), fc.integer({ min: 0, max: 50_000 }));
  const requests: fc.Arbitrary<QuoteRequest> = fc.record({
    model: fc.constantFrom(...quotedModels),
    inputTokens: tokens,
    outputTokens: tokens,
    complexity: fc.constantFrom(...complexities),
    segment: fc.constantFrom(...segments),
    deliveryType: fc.constantFrom(...deliveryTypes),
  });
  const plain = { complexity: "medium", segment: "mid_market", deliveryType: "task" } as const;
  const tokensOf = (model: QuoteRequest["model"], inputTokens: number) => ({
    ...plain,
    model,
    inputTokens,
    outputTokens: 0,
  });
  const withMarkup = (bp: number): PolicyFigures => ({
    ...defaultPolicy,
    markupBp: { low: bp, medium: bp, high: bp },
    adjustmentBp: { enterprise: 0, mid_market: 0, smb: 0, startup: 0 },
  });

  test("a higher markup never means a lower price or a lower margin", () => {
    const markup = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(requests, markup, markup, (one, a, b) => {
        const lower = priceQuote(withMarkup(Math.min(a, b)), one);
        const higher = priceQuote(withMarkup(Math.max(a, b)), one);
        expect(higher.priceCents).toBeGreaterThanOrEqual(lower.priceCents);
        expect(higher.grossMarginBp).toBeGreaterThanOrEqual(lower.grossMarginBp);
      }),
    );
  });

  test("a price is never below the floor, also where an experiment takes the whole markup away", () => {
    fc.assert(
      fc.property(
        requests,
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: -1_000_000, max: 0 }),
        (one, floor, extra) => {
          const { priceCents } = priceQuote({ ...defaultPolicy, minimumPriceCents: floor }, one, extra);
          expect(priceCents).toBeGreaterThanOrEqual(floor);
        },
      ),
    );
  });

  test("the totals of a proposal do not depend on the order of its scenarios", () => {
    const shuffled = fc
      .array(requests, { minLength: 1, maxLength: 30 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(shuffled, ([list, other]) => {
        const roll = (of: QuoteRequest[]) => rollupOf(of.map((one) => priceQuote(defaultPolicy, one)));
        expect(roll(other)).toEqual(roll(list));
      }),
    );
  });

  test("prices are rounded half up at every cent: half a cent goes up, a token less does not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 50, max: 100_000 }), (cents) => {
        // k2p5 costs $1 per million tokens; at a markup of 1 a cent is 10000 tokens and half a cent 5000.
        const half = cents * 10_000 + 5_000;
        expect(priceQuote(withMarkup(10_000), tokensOf("k2p5", half)).priceCents).toBe(cents + 1);
        expect(priceQuote(withMarkup(10_000), tokensOf("k2p5", half - 1)).priceCents).toBe(cents);
      }),
    );
  });

  test("no figure shows a trace of binary fractions", () => {
    fc.assert(
      fc.property(requests, (one) => {
        const { internal_cost, recommended_price, gross_margin_pct } = quoteWire(priceQuote(defaultPolicy, one));
        expect(String(internal_cost)).toMatch(/^\d+(\.\d{1,6})?$|^\d(\.\d+)?e-6$/);
        expect(String(recommended_price)).toMatch(/^\d+(\.\d{1,2})?$/);
        expect(String(gross_margin_pct)).toMatch(/^-?\d+(\.\d)?$/);
      }),
    );
  });

  test("internal cost agrees with the price list to the micro-dollar at the largest quotes", () => {
    const most = { inputTokens: 100_000_000, outputTokens: 100_000_000 };
    const largest = { ...plain, ...most, model: "opus", complexity: "high", segment: "enterprise" } as const;
    expect(quoteWire(priceQuote(defaultPolicy, largest))).toMatchObject({
      internal_cost: 9_000,
      recommended_price: 49_500,
    });
  });
});

test("a decimal of up to six digits after the point is read exactly", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.nat(999_999), (whole, fraction) => {
      const text = `${whole}.${String(fraction).padStart(6, "0")}`;
      expect(toMillionths(Number(text))).toBe(Number(text.replace(".", "")));
    }),
  );
});

test("rounding is half up, mirrored below zero, and exact where binary fractions are not", () => {
  const at = (n: number, d: number) => Number(divideHalfUp(BigInt(n), BigInt(d)));
  expect([at(5, 10), at(4, 10), at(15, 10), at(-5, 10), at(-4, 10)]).toEqual([1, 0, 2, -1, 0]);
  expect([toMillionths(0.84), toMillionths(-0.5), toMillionths(88.13)]).toEqual([840_000, -500_000, 88_130_000]);
  expect(quotient(12.45 * 1_000_000, 156 * 1_000_000, 4)).toBe(0.0798);
  expect(meanOf(0n, 0, 2)).toBe(0);
  expect([changeHundredths(0, 0), changeHundredths(3, 0), changeHundredths(3, 2)]).toEqual([0, 10_000, 5_000]);
});
