import { expect, test } from "vitest";
import { providerCost } from "#lib/runs/cost";

test("the provider's cost adds up what was asked for; simulated calls cost nothing, an unknown price makes it unknown", () => {
  const asked = { simulated: false, costMicros: 30 };
  const simulated = { simulated: true, costMicros: 700 };
  expect(providerCost([asked, asked, simulated])).toBe(60);
  expect(providerCost([simulated])).toBe(0);
  expect(providerCost([asked, { simulated: false, costMicros: null }])).toBeNull();
  expect(providerCost([asked, { simulated: true, costMicros: null }])).toBe(30);
});
