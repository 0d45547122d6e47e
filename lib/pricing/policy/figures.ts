import { bpToMarkup, bpToPercent, centsToDollars } from "#lib/pricing/decimal";
import type { Complexity, DeliveryType, Segment } from "#lib/pricing/names";

/** What prices are made of. Markups and percentages in basis points (4.0 is 40000, 55 % is 5500), the floor in cents. */
export type PolicyFigures = {
  markupBp: Record<Complexity, number>;
  adjustmentBp: Record<Segment, number>;
  minimumPriceCents: number;
  minimumMarginBp: Record<DeliveryType, number>;
};

/** A version of an organization's policy; 0 is the default one. */
export type Policy = PolicyFigures & { version: number; effectiveAt: string | null };

/**
 * The contract's figures. They hold for every organization that has set no policy, without a row: nothing need be written
 * at sign-up, and organizations that were there before the pricing desk have them as well. A quote keeps its own figures,
 * so that it stays what it was should these ever change.
 */
export const defaultPolicy: Policy = {
  version: 0,
  effectiveAt: null,
  markupBp: { low: 30_000, medium: 40_000, high: 50_000 },
  adjustmentBp: { enterprise: 5_000, mid_market: 0, smb: -5_000, startup: -10_000 },
  minimumPriceCents: 50,
  minimumMarginBp: { task: 5_500, subscription: 5_000, enterprise: 4_500 },
};

/** Margins from which a price counts as healthy and as strong. */
const healthyBp = 5_500;
const strongBp = 7_000;

export type MarginBand = "strong" | "healthy" | "at_risk";

export function bandOf(marginBp: number): MarginBand {
  return marginBp >= strongBp ? "strong" : marginBp >= healthyBp ? "healthy" : "at_risk";
}

/** Below this average a portfolio goes to the executives: the lowest of the default guard-rails. */
export const executiveMarginBp = 4_500;

const mapped = <K extends string>(values: Record<K, number>, convert: (value: number) => number) =>
  Object.fromEntries(Object.entries<number>(values).map(([name, value]) => [name, convert(value)])) as Record<
    K,
    number
  >;

/** The policy as callers see it: dollars, factors and percentages. */
export function policyWire({ markupBp, adjustmentBp, minimumPriceCents, minimumMarginBp }: PolicyFigures) {
  return {
    complexity_markup: mapped(markupBp, bpToMarkup),
    segment_adjustments: mapped(adjustmentBp, bpToMarkup),
    minimum_price: centsToDollars(minimumPriceCents),
    margin_thresholds: mapped(minimumMarginBp, bpToPercent),
  };
}
