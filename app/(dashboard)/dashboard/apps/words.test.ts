import { expect, test } from "vitest";
import { costOf } from "#lib/deployments/schema";
import { packageBytesMax } from "#lib/packages/schema";
import { invocationCredits } from "#lib/runtime/invocations/schema";
import { deploymentEvents } from "#lib/webhooks/events";
import { eventNames } from "./[id]/webhooks/words";
import * as words from "./words";

test("C20: the price that is shown before a deployment is the price that is charged", () => {
  const mb = 1024 * 1024;
  for (const bytes of [1, mb - 1, mb, mb + 1, 42 * mb, packageBytesMax]) {
    expect(words.deploymentCredits(bytes), `${bytes} bytes`).toBe(costOf(bytes));
  }
  expect(words.packageBytesMax).toBe(packageBytesMax);
});

test("+C3, C34: the price of a call and the events to choose from are the server's", () => {
  expect(words.invocationCredits).toBe(invocationCredits);
  expect(eventNames).toEqual(deploymentEvents);
});

test("sizes are written in the unit that suits them", () => {
  expect([812, 4_300, 12_582_912].map(words.formatBytes)).toEqual(["812 B", "4.2 KB", "12 MB"]);
});
