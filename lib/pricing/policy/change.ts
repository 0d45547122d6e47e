import { invalid } from "#lib/errors";
import { markupToBp, percentToBp, ratioHalfUp, toMillionths } from "#lib/pricing/decimal";
import { type PolicyFigures, policyWire } from "#lib/pricing/policy/figures";
import type { UpdatePolicy } from "#lib/pricing/policy/schema";

function merged<K extends string>(
  before: Record<K, number>,
  given: Partial<Record<K, number | undefined>> | undefined,
  convert: (value: number) => number,
): Record<K, number> {
  const entries = Object.entries<number>(before).map(([name, value]) => {
    const change = given?.[name as K];
    return [name, change === undefined ? value : convert(change)];
  });
  return Object.fromEntries(entries) as Record<K, number>;
}

function cents(price: number): number {
  const millionths = toMillionths(price);
  if (millionths % 10_000 !== 0) refuse("minimum_price", "minimum_price must be in whole cents");
  return ratioHalfUp(millionths, 10_000);
}

function refuse(field: string, message: string): never {
  throw invalid([{ field, message }]);
}

/**
 * The figures with what is given changed. Throws `validation` when they make no sense together: markups that fall as work
 * gets harder, or a markup that is not above 0.
 */
export function changedFigures(before: PolicyFigures, input: UpdatePolicy): PolicyFigures {
  const markupBp = merged(before.markupBp, input.complexity_markup, markupToBp);
  const adjustmentBp = merged(before.adjustmentBp, input.segment_adjustments, markupToBp);
  const minimumMarginBp = merged(before.minimumMarginBp, input.margin_thresholds, percentToBp);
  const minimumPriceCents = input.minimum_price === undefined ? before.minimumPriceCents : cents(input.minimum_price);
  if (markupBp.low > markupBp.medium || markupBp.medium > markupBp.high)
    refuse("complexity_markup", "complexity_markup must not fall from low to medium to high");
  if (markupBp.low + Math.min(...Object.values(adjustmentBp)) <= 0)
    refuse("segment_adjustments", "segment_adjustments must leave every final markup above 0");
  return { markupBp, adjustmentBp, minimumMarginBp, minimumPriceCents };
}

/** The names of the figures that differ, such as `segment_adjustments.smb`. */
export function differences(before: PolicyFigures, after: PolicyFigures): string[] {
  const flat = (figures: PolicyFigures): [string, number][] =>
    Object.entries(policyWire(figures)).flatMap(([name, value]): [string, number][] =>
      typeof value === "number" ? [[name, value]] : Object.entries(value).map(([key, one]) => [`${name}.${key}`, one]),
    );
  const old = new Map(flat(before));
  return flat(after).flatMap(([name, value]) => (old.get(name) === value ? [] : [name]));
}
