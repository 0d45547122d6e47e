import type { Model } from "#lib/models/catalogue";
import type { Step } from "#lib/runs/schema";

/**
 * What the providers ask for all calls together, in millionths of a US dollar; null when one has no known price. A
 * simulated call has a price, so that budgets can be tried out, but nobody asks it.
 */
export function providerCost(steps: Pick<Step, "simulated" | "costMicros">[]): number | null {
  const asked = steps.filter(({ simulated }) => !simulated);
  return asked.reduce<number | null>(
    (sum, { costMicros }) => (sum === null || costMicros === null ? null : sum + costMicros),
    0,
  );
}

/** Tokens at the model's price per 1000, in millionths of a US dollar; null when nobody knows that price. */
export function listedMicros({ costPer1kTokens }: Pick<Model, "costPer1kTokens">, tokens: number): number | null {
  return costPer1kTokens === null ? null : Math.round(tokens * costPer1kTokens * 1_000);
}
