import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { complete, makeKey, open } from "./support/steps";
import { expect, test } from "./support/test";

function figure(page: Page, label: string) {
  return page.getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd[1]");
}

/** Pays the open checkout with test money and comes back to the billing page. */
async function pay(page: Page, price: string): Promise<void> {
  await expect(page.getByText("Test money", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: `Pay ${price} with test money` }).click();
  await expect(page.getByRole("heading", { name: "Credits added" })).toBeVisible();
  await open(page, "/dashboard/billing");
}

test("C23, C24, C25, C30: 25 credits, a starter package through the test checkout, 1,025; history, chart and list show it", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard");
  await page.keyboard.press("g");
  await page.keyboard.press("b");
  await expect(page.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
  await expect(figure(page, "Balance")).toHaveText("25");
  await expect(page.getByText("Nothing was bought yet")).toBeVisible();
  await expect(page.getByText("no card is charged")).toBeVisible();

  await page.getByRole("button", { name: "Buy Starter" }).click();
  await pay(page, "$10.00");
  await expect(figure(page, "Balance")).toHaveText("1,025");
  await expect(figure(page, "Available now")).toHaveText("1,025");
  await expect(page.getByRole("img", { name: /^Balance per day: 1,025 credits now/ })).toBeVisible();
  await page.getByText("Show the balance as a table").click();
  await expect(page.getByRole("table", { name: "Balance per day" }).getByRole("row").last()).toContainText("1,025");
  const history = page.getByRole("table", { name: "Credit history" }).getByRole("row");
  await expect(history.nth(1)).toContainText(/Purchase.*\+1,000.*1,025/);
  await expect(history.nth(2)).toContainText(/Grant.*\+25.*25/);
  const topups = page.getByRole("table", { name: "Top-ups" }).getByRole("row");
  await expect(topups.nth(1)).toContainText(/Starter package.*Test money.*1,000.*\$10\.00.*Paid/);
  await page.getByRole("link", { name: "Usage" }).click();
  await expect(page.getByRole("table", { name: "Activity" }).getByRole("row", { name: /Top-up/ })).toContainText(
    "1,000",
  );
});

test("C24: the price follows another amount as it is typed; what cannot be bought has no price and no button", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/billing");
  const amount = page.getByLabel("Another amount of credits");
  const buy = page.getByRole("button", { name: "Buy this amount" });
  await expect(buy).toBeDisabled();
  for (const wrong of ["99", "1000001", "12.5", "-100"]) {
    await amount.fill(wrong);
    await expect(page.getByText("A whole number from 100 to 1,000,000")).toBeVisible();
    await expect(buy).toBeDisabled();
  }
  await amount.fill("250");
  await expect(page.getByRole("status").filter({ hasText: "$2.50" })).toBeVisible();
  await page.keyboard.press("Enter");
  await pay(page, "$2.50");
  await expect(figure(page, "Balance")).toHaveText("275");
  await expect(page.getByRole("table", { name: "Top-ups" })).toContainText("250 credits");
});

test("C25: the history's filter is in the address, narrows the file too, and can be cleared", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/billing");
  await page.getByRole("button", { name: "Buy Growth" }).click();
  await pay(page, "$45.00");
  await page.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: "Purchase" }).click();
  await expect(page).toHaveURL("/dashboard/billing?type=purchase");
  const table = page.getByRole("table", { name: "Credit history" });
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByLabel("From").fill(new Date().toISOString().slice(0, 10));
  await expect(page).toHaveURL(/type=purchase&from=/);

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV of all rows" }).click();
  const lines = (await readFile(await (await downloading).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/,purchase,5000,5025,/);

  await page.getByRole("combobox", { name: "Type" }).click();
  await page.getByRole("option", { name: "Refund" }).click();
  await expect(page.getByText("No movement matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear the filter" }).click();
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(page.getByLabel("From")).toHaveValue("");

  await open(page, "/dashboard/billing?from=2027-03-02&to=2027-03-01");
  await expect(page.getByText("This filter does not work. from must not be after to.")).toBeVisible();
});

test("C24: a member sees balance and history but buys nothing, and is told who does", async ({ member: { page } }) => {
  await open(page, "/dashboard/billing");
  await expect(figure(page, "Balance")).toHaveText("25");
  await expect(page.getByRole("table", { name: "Credit history" })).toContainText("Grant");
  await expect(page.getByText("Only owners and admins buy credits")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Buy/ })).toHaveCount(0);
  await expect(page.getByRole("switch")).toHaveCount(0);
  const refused = await page.request.post("/api/credits/topup", { data: { package: "starter" } });
  expect(refused.status()).toBe(403);

  await open(page, "/dashboard/usage");
  await expect(page.getByLabel("Credits per month")).toBeDisabled();
  await expect(page.getByText("Only owners and admins can change the budget.")).toBeVisible();
});

test("automatic top-ups are off, say that a payment method is missing, and buy by themselves once there is one", async ({
  owner: { page },
}) => {
  // The worker looks every half minute.
  test.setTimeout(90_000);
  await open(page, "/dashboard/billing");
  const automatic = page.getByRole("switch", { name: /Buy credits automatically/ });
  await expect(automatic).not.toBeChecked();
  await expect(page.getByText("No payment method is saved yet.")).toBeVisible();
  await automatic.click();
  await page.getByLabel("At most credits a day").fill("500");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("A single top-up has 1000 credits", { exact: false }).first()).toBeVisible();
  await page.getByLabel("At most credits a day").fill("1000");
  await page.getByLabel("When fewer credits are left than").fill("200");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Automatic top-ups are on.")).toBeVisible();
  await expect(page.getByText("The next purchase keeps the one it is paid with")).toBeVisible();

  await page.getByLabel("Another amount of credits").fill("100");
  await page.getByRole("button", { name: "Buy this amount" }).click();
  await pay(page, "$1.00");
  await expect(page.getByText("No payment method is saved yet.")).toBeHidden();
  await expect(automatic).toBeChecked();
  await expect(async () => {
    await open(page, "/dashboard/billing");
    await expect(page.getByRole("table", { name: "Top-ups" }).getByRole("row", { name: /Automatic/ })).toContainText(
      "Paid",
      { timeout: 500 },
    );
  }).toPass({ timeout: 45_000, intervals: [3_000] });
  await expect(figure(page, "Balance")).toHaveText("1,125");
});

test("C26, C27, C28, C29: a call shows in figures, chart, breakdown, activity and the exported file", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/usage");
  await expect(page.getByText("Nothing was used yet")).toBeVisible();
  await expect(page.getByRole("figure", { name: "first request" })).toContainText("/v1/chat/completions");
  const key = await makeKey(page, "Nightly report");
  expect((await complete(page, key)).status).toBe(200);

  await expect(async () => {
    await open(page, "/dashboard/usage?days=7&by=key");
    await expect(figure(page, "Invocations")).toHaveText("1", { timeout: 500 });
    const row = page.getByRole("table", { name: "Usage by key" }).getByRole("row", { name: /Nightly report/ });
    await expect(row.getByRole("cell").nth(2)).not.toHaveText("0", { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole("img", { name: /^Invocations per day: 1 against 0 in the 7 days before/ })).toBeVisible();
  await page.getByText("Show the figures as a table").click();
  const days = page.getByRole("table", { name: "Invocations and credits per day" }).getByRole("row");
  await expect(days).toHaveCount(8);
  await expect(days.last().getByRole("cell").nth(1)).toHaveText("1");
  await page.getByRole("navigation", { name: "Breakdown" }).getByRole("link", { name: "By model" }).click();
  await expect(page).toHaveURL("/dashboard/usage?days=7");
  await expect(page.getByRole("table", { name: "Usage by model" }).getByRole("row", { name: /^gpt4/ })).toBeVisible();
  await page.getByRole("navigation", { name: "Range" }).getByRole("link", { name: "1 year" }).click();
  await expect(page.getByRole("img", { name: /^Invocations per week: 1/ })).toBeVisible();
  const listed = page.getByRole("table", { name: "Activity" }).getByRole("row", { name: /^Invocation/ });
  await expect(listed).toHaveCount(1);
  const description = (await listed.getByRole("cell").nth(1).textContent()) ?? "";
  expect(description).not.toBe("");

  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export usage" });
  await dialog.getByRole("button", { name: "Make link" }).click();
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Download" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^usage-.*\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  expect(text).toContain(`,invocation,${description},`);
  // The link alone is enough.
  const alone = await fetch(await dialog.getByRole("textbox", { name: "Download link" }).inputValue());
  expect(await alone.text()).toBe(text);

  await dialog.getByLabel("First day").fill("2020-01-01");
  await dialog.getByRole("button", { name: "Make another link" }).click();
  await expect(dialog.getByText("The range may have at most 366 days")).toBeVisible();
});

test("the monthly budget is set, shown with its alerts, and lifted", async ({ owner: { page } }) => {
  await open(page, "/dashboard/usage");
  await expect(page.getByText("No budget is set, so nobody is alerted.")).toBeVisible();
  await page.getByLabel("Credits per month").fill("500");
  await page.getByRole("button", { name: "Set budget" }).click();
  await expect(page.getByText("The budget is saved.")).toBeVisible();
  await expect(page.getByRole("meter", { name: "Monthly budget" })).toHaveAttribute(
    "aria-valuetext",
    "0 of 500 credits",
  );
  await expect(page.getByRole("list", { name: "Alerts of this month" })).toContainText("50 % not reached");
  await page.getByRole("button", { name: "Lift budget" }).click();
  await expect(page.getByText("No budget is set, so nobody is alerted.")).toBeVisible();
});
