import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { makeKey, open, reopen } from "./support/steps";
import { expect, newAccount, signIn, signUp, test } from "./support/test";

const segments = (page: Page) => page.getByRole("group", { name: "Segment" });
const table = (page: Page, name: string) => page.getByRole("table", { name, exact: true });
const opus = {
  model: "opus",
  estimated_input: 20_000,
  estimated_output: 10_000,
  complexity: "low",
  segment: "startup",
};

/** Chooses in a select by its name. */
async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

/** Calls the desk with the page's login. */
async function post(page: Page, path: string, data: object) {
  const answer = await page.request.post(`/api/pricing/${path}`, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

test("A12 +A2: a quote below its guard-rail goes to the deal desk, becomes an exception, and the week shows it", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/pricing");
  await page.getByRole("link", { name: "Build the first quote" }).click();
  await expect(page.getByRole("heading", { name: "New quote" })).toBeVisible();
  await choose(page, "Model", "opus");
  await choose(page, "Complexity", "Low");
  await expect(segments(page).getByText("$2.10", { exact: true })).toBeVisible();
  await segments(page)
    .getByRole("radio", { name: /^Startup/ })
    .check();
  await expect(page.getByText("Below the guard-rail: a decision sends it to the deal desk.")).toBeVisible();
  await page.getByRole("button", { name: "Decide" }).click();
  const decide = page.getByRole("dialog", { name: "Decide on this quote" });
  await expect(decide.getByText("Margin 50.0 %, guard-rail 55.0 %: it will be escalated.")).toBeVisible();
  await decide.getByRole("button", { name: "Send to the deal desk" }).click();

  await expect(page).toHaveURL(/\/dashboard\/pricing\/quotes\/quote_/);
  await page.getByRole("link", { name: "To the deal desk" }).click();
  await expect(table(page, "Decisions").getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Approve opus for Startup at $2.10 as an exception" }).click();
  const approve = page.getByRole("dialog", { name: "Approve as an exception" });
  await approve.getByLabel("Reason").fill("The first project of a large customer.");
  await approve.getByRole("button", { name: "Approve as an exception" }).click();
  await expect(page.getByRole("heading", { name: "Nothing waits" })).toBeVisible();

  await page.getByRole("link", { name: "Exceptions", exact: true }).click();
  await expect(page.getByText("Exceptions under control: 1 open, oldest 0d.")).toBeVisible();
  await expect(table(page, "Exceptions").getByText("The first project of a large customer.")).toBeVisible();

  await page.getByRole("link", { name: "Weekly review" }).click();
  await expect(page.getByText("Worth a look: Quote volume up 100.0%")).toBeVisible();
  await page.getByText("Show the weeks as a table").click();
  const thisWeek = table(page, "Decisions and exceptions per week").getByRole("row").nth(1);
  for (const [column, figure] of [
    [1, "1"],
    [2, "0"],
    [3, "1"],
    [4, "0 %"],
    [5, "50.00 %"],
    [6, "1"],
    [7, "0"],
  ] as const)
    await expect(thisWeek.getByRole("cell").nth(column)).toHaveText(figure);

  await page.getByRole("link", { name: "Exceptions", exact: true }).click();
  await page.getByRole("button", { name: "Close the exception of opus for Startup" }).click();
  const close = page.getByRole("dialog", { name: "Close this exception" });
  await close.getByLabel("Note (optional)").fill("The follow-up order came.");
  await close.getByRole("button", { name: "Close exception" }).click();
  await expect(page.getByRole("heading", { name: "No open exceptions" })).toBeVisible();
  await page.getByRole("link", { name: "Closed", exact: true }).click();
  await expect(page.getByText("Closed: The follow-up order came.")).toBeVisible();
});

test("realised margin: work spawned under a quote shows on the quote and in the review", async ({ owner }) => {
  const { page } = owner;
  const key = await makeKey(page, "Worker");
  await open(page, "/dashboard/pricing/quotes/new?model=k2p5&estimated_input=120000&estimated_output=80000");
  await expect(segments(page).getByRole("radio")).toHaveCount(4);
  await page.getByRole("button", { name: "Save quote" }).click();
  await expect(page).toHaveURL(/\/dashboard\/pricing\/quotes\/quote_/);
  await expect(page.getByRole("figure", { name: "command that spawns an agent under this quote" })).toContainText(
    "quote_id",
  );
  const quoteId = page.url().split("/").at(-1);

  const spawned = await fetch(new URL("/api/spawn", page.url()), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "k2p5", task: "Say hello in one sentence.", quote_id: quoteId }),
  });
  expect(spawned.status, await spawned.clone().text()).toBe(200);
  await reopen(page);
  const row = table(page, "Runs under this quote").getByRole("row").nth(1);
  await expect(row.getByText("Completed", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/Realised margin [\d.]+\s%, quoted 75\.0\s%\./)).toBeVisible();

  await open(page, "/dashboard/pricing/weekly");
  const realised = table(page, "Quoted against realised margin").getByRole("row").nth(1);
  await expect(realised).toContainText("k2p5, Mid-market");
  await expect(realised.getByRole("cell").nth(6)).toHaveText("75.0 %");
});

test("the builder prices what is typed, says what is wrong, and its address holds the fields", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/pricing");
  await page.keyboard.press("Shift+N");
  await page.getByLabel("Input tokens").fill("3000");
  await page.getByLabel("Output tokens").fill("1200");
  await choose(page, "Complexity", "High");
  await expect(page).toHaveURL(/estimated_output=1200/);
  await expect(segments(page).getByText("$0.50", { exact: true })).toHaveCount(4);
  await expect(segments(page).getByText("minimum price")).toHaveCount(4);
  await reopen(page);
  await expect(page.getByLabel("Input tokens")).toHaveValue("3000");
  await page.getByLabel("Input tokens").fill("-1");
  await expect(page.getByText("A whole number from 0 to 100,000,000", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Save quote" })).toBeHidden();
  await page.getByLabel("Input tokens").fill("3000");
  await page.getByRole("button", { name: "Save all four" }).click();
  await expect(table(page, "Quotes").getByRole("row")).toHaveCount(5);
  await expect(page).toHaveURL("/dashboard/pricing?source=batch");
});

test("quotes are narrowed by filters in the address, and the file holds all of the filter", async ({ owner }) => {
  const { page } = owner;
  await post(page, "batch-quotes", { ...opus, segment: undefined });
  await post(page, "quote", { ...opus, model: "k2p5" });
  await open(page, "/dashboard/pricing");
  await expect(table(page, "Quotes").getByRole("row")).toHaveCount(6);
  await choose(page, "Guard-rail", "Missed");
  await expect(page).toHaveURL("/dashboard/pricing?guardrail=missed");
  await expect(table(page, "Quotes").getByRole("row")).toHaveCount(2);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "CSV of the filter" }).click();
  const lines = (await readFile(await (await download).path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("opus,low,startup,task,20000,10000,1.05,2,2.1,50,at_risk,55,false");
  await choose(page, "Model", "k2p5");
  await expect(page.getByRole("heading", { name: "No quote matches" })).toBeVisible();
  await open(page, page.url());
  await page.keyboard.press("f");
  await page.keyboard.press("c");
  await expect(page).toHaveURL("/dashboard/pricing");
  await expect(table(page, "Quotes").getByRole("row")).toHaveCount(6);
});

test("a quote prints alone, without the dashboard and without our costs", async ({ owner: { page }, stranger }) => {
  const { quote_id } = await post(page, "quote", opus);
  await open(page, `/dashboard/pricing/quotes/${quote_id}`);
  await expect(page.getByText("$1.05")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("article").getByText("$2.10")).toBeVisible();
  await expect(page.getByText("$1.05")).toBeHidden();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("button", { name: "Print" })).toBeHidden();

  await signUp(stranger, newAccount("bob"));
  await stranger.goto(page.url());
  await expect(stranger.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

test("p50 and p90 come from the organization's own runs, and their tokens can be taken over", async ({ owner }) => {
  const { page } = owner;
  const messages = [{ role: "user", content: "Say hello." }];
  for (let run = 0; run < 10; run++) {
    const answer = await page.request.post("/v1/chat/completions", { data: { model: "k2p5", messages } });
    expect(answer.status(), await answer.text()).toBe(200);
  }
  await open(page, "/dashboard/pricing/quotes/new?model=k2p5");
  await expect(page.getByText("No such run yet: an interval needs 10.")).toBeVisible();
  await choose(page, "Kind of runs", "Completion");
  await page.getByRole("button", { name: "Use these tokens: Nine in ten (p90)" }).click();
  await expect(page.getByLabel("Input tokens")).not.toHaveValue("20000");
  await expect(segments(page).getByText("$0.50", { exact: true })).toHaveCount(4);
});

test("A16: an experiment gives each customer a variant, counts decisions, and recommends", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/pricing/experiments");
  const form = page.getByRole("dialog", { name: "New experiment" });
  await page.keyboard.press("Shift+N");
  await form.getByLabel("Name").fill("One point more");
  await form.getByLabel("Adjustment of the markup").fill("1");
  await form.getByRole("button", { name: "Begin experiment" }).click();
  await expect(page.getByRole("heading", { name: "One point more" })).toBeVisible();
  const id = page.url().split("/").at(-1) ?? "";

  const lookUp = page.locator("form").filter({ hasText: "Look up a variant" });
  await lookUp.getByLabel("Customer").fill("Acme");
  await lookUp.getByRole("button", { name: "Show variant" }).click();
  await expect(page.getByText(/^Acme gets (Control: markup \+0|Test: markup \+1)\.$/)).toBeVisible();
  const count = page.locator("form").filter({ hasText: "Count a decision made elsewhere" });
  await count.getByLabel("Customer").fill("Acme");
  await count.getByLabel("Margin in %").fill("60");
  await count.getByRole("button", { name: "Count decision" }).click();
  await expect(page.getByText("The decision is counted.")).toBeVisible();
  await expect(page.getByText("Too few decisions")).toBeVisible();

  for (let customer = 0; customer < 50; customer++) {
    const subject = `customer ${customer}`;
    const { variant } = await post(page, `experiments/${id}/assign`, { subject });
    const gross_margin_pct = variant === "test" ? 80 : 60;
    await post(page, `experiments/${id}/track`, { subject, decision_status: "approved", gross_margin_pct });
  }
  await reopen(page);
  await expect(page.getByText("Roll out", { exact: true })).toBeVisible();

  await open(page, "/dashboard/pricing/quotes/new");
  await page.getByRole("button", { name: "Decide" }).click();
  await choose(page, "Experiment", "One point more");
  await page.getByLabel("Customer").fill("Acme");
  await page.getByRole("dialog").getByRole("button", { name: "Decide", exact: true }).click();
  await expect(page.getByText("Variant", { exact: true })).toBeVisible();

  await open(page, `/dashboard/pricing/experiments/${id}`);
  await page.getByRole("button", { name: "Complete" }).click();
  await page
    .getByRole("dialog", { name: "Complete this experiment" })
    .getByRole("button", { name: "Complete" })
    .click();
  await expect(page.getByText("The experiment is completed: nobody is assigned")).toBeVisible();
  await expect(page.getByRole("button", { name: "Complete" })).toBeHidden();
});

test("+A3: the policy is changed after a look at what it would change; members only read it", async ({
  owner: { page },
  member,
}) => {
  await post(page, "quote", opus);
  await open(page, "/dashboard/pricing/policy");
  await expect(page.getByRole("heading", { name: "Default policy" })).toBeVisible();
  await page.getByLabel("Startup").fill("-9");
  await page.keyboard.press("Control+S");
  await expect(page.getByText("segment_adjustments must leave every final markup above 0.").first()).toBeVisible();
  await page.getByLabel("Startup").fill("-0.5");
  await page.getByRole("button", { name: "Preview and save" }).click();
  const dialog = page.getByRole("dialog", { name: "Save as version 1" });
  await expect(dialog.getByText("Adjustment: Startup becomes -0.5")).toBeVisible();
  await expect(dialog.getByText("$2.10 → $2.63")).toBeVisible();
  await expect(dialog.getByText("0 → 1")).toBeVisible();
  await dialog.getByLabel("Note (optional)").fill("Startups pay a little more.");
  await dialog.getByRole("button", { name: "Save version" }).click();
  await expect(page.getByRole("heading", { name: "Policy version 1" })).toBeVisible();
  const versions = table(page, "Versions of the policy");
  await expect(versions.getByRole("row").nth(1)).toContainText("Startups pay a little more.");
  await expect(versions.getByRole("row")).toHaveCount(3);

  await open(member.page, "/dashboard/pricing/policy");
  await expect(member.page.getByText("Only owners and admins can change it.")).toBeVisible();
  await expect(member.page.getByLabel("Startup")).toHaveCount(0);
});

test("a decision is declined once; whoever comes second is told so", async ({ owner: { page, account }, stranger }) => {
  await post(page, "decision", opus);
  await signIn(stranger, account);
  for (const one of [page, stranger]) {
    await open(one, "/dashboard/pricing/decisions");
    await one.getByRole("button", { name: /^Decline/ }).click();
  }
  const decline = (one: Page) => one.getByRole("dialog").getByRole("button", { name: "Decline", exact: true }).click();
  await decline(page);
  await expect(page.getByRole("heading", { name: "Nothing waits" })).toBeVisible();
  await decline(stranger);
  await expect(stranger.getByText("The decision is resolved already")).toBeVisible();
});
