import { catalogue, type Price } from "#lib/models/catalogue";
import { divideHalfUp } from "#lib/pricing/decimal";
import { type Complexity, type DeliveryType, type QuotedModel, quotedModels, type Segment } from "#lib/pricing/names";
import type { PolicyFigures } from "#lib/pricing/policy/figures";

/** Micro-dollars per million tokens are picodollars (10^-12) per token: whole numbers all the way. */
const picosPerCent = 10_000_000_000n;
const picosPerMicro = 1_000_000n;
const bpPerOne = 10_000n;

function priceOf(model: QuotedModel): Price {
  const price = catalogue.find(({ name }) => name === model)?.price;
  if (!price) throw new Error(`The catalogue has no price for ${model}.`);
  return price;
}

const prices = Object.fromEntries(
  quotedModels.map((model) => {
    const { input, output } = priceOf(model);
    return [model, { input: BigInt(input), output: BigInt(output) }];
  }),
) as Record<QuotedModel, { input: bigint; output: bigint }>;

/** What is asked for: tokens up to 100 million each way. */
export type QuoteRequest = {
  model: QuotedModel;
  inputTokens: number;
  outputTokens: number;
  complexity: Complexity;
  segment: Segment;
  deliveryType: DeliveryType;
};

/** What it comes to. Money in micro-dollars and cents, factors and percentages in basis points. */
export type QuoteFigures = QuoteRequest & {
  internalCostMicros: number;
  baseMarkupBp: number;
  segmentAdjustmentBp: number;
  finalMarkupBp: number;
  priceCents: number;
  /** With one decimal of a percent: always a multiple of 10. */
  grossMarginBp: number;
  minimumMarginBp: number;
};

/** What tokens of a model cost us, in picodollars. */
export function internalCostPicos(model: QuotedModel, inputTokens: number, outputTokens: number): bigint {
  const { input, output } = prices[model];
  return BigInt(inputTokens) * input + BigInt(outputTokens) * output;
}

/** (price − cost) / price in basis points, rounded to one decimal of a percent. The price must not be 0. */
export function marginBp(pricePicos: bigint, costPicos: bigint): number {
  return Number(divideHalfUp((pricePicos - costPicos) * 1_000n, pricePicos)) * 10;
}

/**
 * Prices a request under a policy: cost × markup, rounded half up to cents, never below the floor. The margin is that of
 * the rounded price over the exact cost. `extraMarkupBp` is what an experiment adds to the final markup.
 */
export function priceQuote(policy: PolicyFigures, request: QuoteRequest, extraMarkupBp = 0): QuoteFigures {
  const baseMarkupBp = policy.markupBp[request.complexity];
  const segmentAdjustmentBp = policy.adjustmentBp[request.segment];
  const finalMarkupBp = baseMarkupBp + segmentAdjustmentBp + extraMarkupBp;
  const cost = internalCostPicos(request.model, request.inputTokens, request.outputTokens);
  const cents = Number(divideHalfUp(cost * BigInt(finalMarkupBp), picosPerCent * bpPerOne));
  const priceCents = Math.max(policy.minimumPriceCents, cents);
  return {
    ...request,
    internalCostMicros: Number(divideHalfUp(cost, picosPerMicro)),
    baseMarkupBp,
    segmentAdjustmentBp,
    finalMarkupBp,
    priceCents,
    grossMarginBp: marginBp(BigInt(priceCents) * picosPerCent, cost),
    minimumMarginBp: policy.minimumMarginBp[request.deliveryType],
  };
}

export const isCompliant = ({ grossMarginBp, minimumMarginBp }: QuoteFigures) => grossMarginBp >= minimumMarginBp;
