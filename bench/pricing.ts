import { priceQuote, type QuoteRequest } from "#lib/pricing/arithmetic";
import { complexities, quotedModels, segments } from "#lib/pricing/names";
import { defaultPolicy } from "#lib/pricing/policy/figures";
import { ScenarioInput } from "#lib/pricing/quotes/schema";
import { checkedWire, requestOf } from "#lib/pricing/quotes/wire";
import { rollupOf } from "#lib/pricing/rollup";
import { perSecond, type Row, times } from "./table.ts";

const goal = 10_000;
const perProposal = 100;
const forMs = 2_000;

/** A hundred scenarios, each unlike the next, as the JSON text of a form. */
function proposal(seed: number): string {
  const one = (index: number) => ({
    model: quotedModels[index % quotedModels.length],
    estimated_input: (seed * 7_919 + index * 104_729) % 1_000_000,
    estimated_output: (seed * 6_151 + index * 15_485) % 200_000,
    complexity: complexities[index % complexities.length],
    segment: segments[(index + seed) % segments.length],
  });
  return JSON.stringify(Array.from({ length: perProposal }, (_, index) => one(index)));
}

/** Scenarios per second on one core, after half a second to warm up. */
function rate(work: (round: number) => number): number {
  const loop = (ms: number) => {
    const startedAt = performance.now();
    let done = 0;
    for (let round = 0; performance.now() < startedAt + ms; round++) done += work(round);
    return (done * 1_000) / (performance.now() - startedAt);
  };
  loop(forMs / 4);
  return loop(forMs);
}

function evaluate(requests: readonly QuoteRequest[]): number {
  const quotes = requests.map((request) => priceQuote(defaultPolicy, request));
  return quotes.map(checkedWire).length + rollupOf(quotes).scenario_count - quotes.length;
}

/** Pricing on one core: from the text of a form to the answer's fields, and the arithmetic alone. */
export async function measurePricing(): Promise<Row[]> {
  const texts = Array.from({ length: 50 }, (_, seed) => proposal(seed));
  const read = (text = "[]") => {
    const { scenarios, delivery_type } = ScenarioInput.parse({ scenarios: text });
    return scenarios.map((one) => requestOf(one, delivery_type));
  };
  const parsed = texts.map(read);
  const whole = rate((round) => evaluate(read(texts[round % texts.length])));
  const alone = rate((round) => evaluate(parsed[round % parsed.length] ?? []));
  const row = (path: string, measured: number): Row => ({
    path,
    measured: perSecond(measured),
    baseline: perSecond(goal),
    ratio: times(measured / goal),
    goal: "≥ 1 ×",
  });
  return [
    row("Pricing scenarios on one core, form text to answer", whole),
    row("The same, arithmetic and roll-up alone", alone),
  ];
}
