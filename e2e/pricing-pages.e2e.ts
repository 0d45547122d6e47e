import type { Page } from "@playwright/test";
import { inspect } from "./support/inspect";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

/** These look different before anything has happened. */
const pagesOfEvents = [
  { name: "pricing", path: "/dashboard/pricing" },
  { name: "pricing-decisions", path: "/dashboard/pricing/decisions" },
  { name: "pricing-exceptions", path: "/dashboard/pricing/exceptions" },
  { name: "pricing-weekly", path: "/dashboard/pricing/weekly" },
  { name: "pricing-experiments", path: "/dashboard/pricing/experiments" },
];

const pages = [
  ...pagesOfEvents,
  { name: "pricing-builder", path: "/dashboard/pricing/quotes/new" },
  { name: "pricing-scenarios", path: "/dashboard/pricing/scenarios" },
  { name: "pricing-policy", path: "/dashboard/pricing/policy" },
];
const opus = {
  model: "opus",
  estimated_input: 20_000,
  estimated_output: 10_000,
  complexity: "low",
  segment: "startup",
};

async function post(page: Page, path: string, data: object) {
  const answer = await page.request.post(`/api/pricing/${path}`, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** Something in every list, with long texts. */
async function furnish(page: Page) {
  const [first] = await Promise.all([1, 2, 3].map(() => post(page, "decision", opus)));
  await post(page, "batch-quotes", {
    ...opus,
    segment: undefined,
    model: "minimax-m2.5",
    estimated_input: 100_000_000,
  });
  await post(page, "exceptions", { decision_id: first.decision_id, reason: "r".repeat(1_000) });
  const { experiment } = await post(page, "experiments", { name: "e".repeat(100), markup_adjustment: -0.25 });
  return { quoteId: first.quote_id as string, experimentId: experiment.experiment_id as string };
}

test("a new organization's pricing desk is accessible and fits the screen", async ({ owner: { page } }) => {
  test.setTimeout(120_000);
  for (const { name, path } of pagesOfEvents) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: "Pricing" })).toBeVisible();
    await inspect(page, `${name}-new`);
  }
});

test("a busy pricing desk is accessible and fits the screen", async ({ owner: { page } }) => {
  test.setTimeout(180_000);
  const { quoteId, experimentId } = await furnish(page);
  const more = [
    { name: "pricing-filtered", path: "/dashboard/pricing?model=opus&guardrail=missed&segment=startup" },
    { name: "pricing-none", path: "/dashboard/pricing?model=k2p5" },
    { name: "pricing-quote", path: `/dashboard/pricing/quotes/${quoteId}` },
    { name: "pricing-builder-wrong", path: "/dashboard/pricing/quotes/new?estimated_input=-1" },
    { name: "pricing-experiment", path: `/dashboard/pricing/experiments/${experimentId}` },
    { name: "pricing-missing", path: "/dashboard/pricing/quotes/none" },
  ];
  for (const { name, path } of [...pages, ...more]) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: "Pricing" })).toBeVisible();
    await inspect(page, name);
  }
});

test("what opens above the pricing desk is accessible and fits the screen", async ({ owner: { page } }) => {
  test.setTimeout(120_000);
  await furnish(page);
  await open(page, "/dashboard/pricing/quotes/new");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("dialog", { name: "Decide on this quote" })).toBeVisible();
  await inspect(page, "dialog-decide");
  await open(page, "/dashboard/pricing/decisions");
  await page
    .getByRole("button", { name: /^Approve opus/ })
    .first()
    .click();
  await expect(page.getByRole("dialog", { name: "Approve as an exception" })).toBeVisible();
  await inspect(page, "dialog-exception");
  await open(page, "/dashboard/pricing/weekly");
  await page.getByText("Show the weeks as a table").click();
  await inspect(page, "pricing-weekly-table");
  await open(page, "/dashboard/pricing/policy");
  await page.getByLabel("Medium").fill("4.25");
  await page.getByRole("button", { name: "Preview and save" }).click();
  await expect(page.getByRole("dialog", { name: "Save as version 1" })).toBeVisible();
  await inspect(page, "dialog-policy");
});
