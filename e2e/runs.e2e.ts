import type { Page } from "@playwright/test";
import { finishOrchestration, startOrchestration } from "./support/orchestrations";
import { open, reopen } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

const table = (page: Page) => page.getByRole("table", { name: "Runs" });

/** Passes a question through to a model, with the page's login. */
async function ask(page: Page, model: string): Promise<void> {
  const messages = [{ role: "user", content: "Say hello." }];
  const answer = await page.request.post("/v1/chat/completions", { data: { model, messages } });
  expect(answer.status(), await answer.text()).toBe(200);
}

test("a new organization sees how to make its first run", async ({ owner: { page } }) => {
  await open(page, "/dashboard/runs");
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  await expect(page.getByRole("figure", { name: "command that makes a run" })).toContainText("/v1/chat/completions");
  await expect(page.getByRole("link", { name: "Open the playground" })).toBeVisible();
});

test("filters of the runs stand in the address, show as chips, and are removed one by one or all", async ({
  owner,
}) => {
  const { page } = owner;
  for (const model of ["gpt4", "k2p5"]) await ask(page, model);
  await finishOrchestration(page, { rounds: 1, prompt: "Name three rivers of Asia." });
  await open(page, "/dashboard/runs");
  await expect(table(page).getByRole("row")).toHaveCount(4);

  await page.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Completion" }).click();
  await expect(page).toHaveURL("/dashboard/runs?kind=completion");
  await expect(table(page).getByRole("row")).toHaveCount(3);
  await page.getByRole("combobox", { name: "Model" }).click();
  await page.getByRole("option", { name: "k2p5" }).click();
  await expect(page).toHaveURL("/dashboard/runs?kind=completion&model=k2p5");
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await reopen(page);
  await expect(table(page).getByRole("row")).toHaveCount(2);

  await page.getByRole("link", { name: "Remove the filter Kind: Completion" }).click();
  await expect(page).toHaveURL("/dashboard/runs?model=k2p5");
  await page.getByRole("link", { name: "Clear all" }).click();
  await expect(page).toHaveURL("/dashboard/runs");
  await expect(table(page).getByRole("row")).toHaveCount(4);

  await page.keyboard.press("Shift+F");
  await page.keyboard.type("rivers of asia");
  await expect(page).toHaveURL("/dashboard/runs?text=rivers+of+asia");
  await expect(table(page).getByRole("row")).toHaveCount(2);
  await page.keyboard.type(" and Africa");
  await expect(page.getByRole("heading", { name: "No run matches" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(table(page).getByRole("row")).toHaveCount(4);

  await table(page).getByRole("link", { name: "Tokens" }).click();
  await expect(page).toHaveURL("/dashboard/runs?sort=tokens");
  await expect(table(page).getByRole("columnheader", { name: "Tokens" })).toHaveAttribute("aria-sort", "descending");
  await expect(table(page).getByRole("row").nth(1)).toContainText("Orchestration");
});

test("F then C clears the filters of the runs", async ({ owner: { page } }) => {
  await ask(page, "gpt4");
  await open(page, "/dashboard/runs?kind=chat");
  await expect(page.getByRole("heading", { name: "No run matches" })).toBeVisible();
  await page.keyboard.press("f");
  await page.keyboard.press("c");
  await expect(page).toHaveURL("/dashboard/runs");
  await expect(table(page).getByRole("row")).toHaveCount(2);
});

test("the page of an orchestration shows prompt, steps, scores, answers and events, and replays with its settings", async ({
  owner: { page },
}) => {
  const { sessionId } = await finishOrchestration(page, { prompt: "Name three rivers of Asia.", costLimit: 2 });
  await open(page, "/dashboard/runs");
  await table(page)
    .getByRole("link", { name: /open the run/ })
    .click();
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
  await expect(page.getByText("Name three rivers of Asia.", { exact: true }).first()).toBeVisible();

  // Only its own items: an answer may be a list itself.
  const steps = page.getByRole("list", { name: "Steps" }).locator("> li");
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(0)).toContainText(/Answer, round 1.*Simulated/);
  await expect(steps.nth(1)).toContainText(/Evaluation, round 1.*\d\.\d of 10/);
  await steps.nth(0).getByRole("button").click();
  await expect(steps.nth(0)).toContainText("Simulated answer. Baton's simulator");
  await steps.nth(1).getByRole("button").click();
  await expect(steps.nth(1)).toContainText("Feedback: Simulated evaluation");
  await expect(
    page.getByRole("img", { name: /^Scores from 0 to 10: \d\.\d, \d\.\d\. Good enough is 10\.$/ }),
  ).toBeVisible();
  const events = page.getByRole("region", { name: "Events" });
  for (const type of ["model_selected", "response_generated", "evaluation_completed"])
    await expect(events.getByText(type, { exact: true })).toHaveCount(2);
  await page.getByRole("combobox", { name: "Type of event" }).click();
  await page.getByRole("option", { name: "model_selected" }).click();
  await expect(events.getByRole("listitem")).toHaveCount(2);

  await page.getByRole("link", { name: "Replay with other settings" }).click();
  await expect(page.getByLabel("Prompt")).toHaveValue("Name three rivers of Asia.");
  await expect(page.getByLabel("Rounds at most")).toHaveValue("2");
  await expect(page.getByLabel("Good enough from")).toHaveValue("10");
  await expect(page.getByLabel("Cost limit in $")).toHaveValue("2");
  await expect(page.getByText("Models: gpt4, claude")).toBeVisible();
  await page.goBack();
  await page.getByRole("link", { name: sessionId }).click();
  await expect(page).toHaveURL(`/dashboard/sessions/${sessionId}`);
});

test("+X1: a run is followed live, shows its steps as they come, and stops when it is cancelled", async ({ owner }) => {
  const { page } = owner;
  await startOrchestration(page, { rounds: 20 });
  await open(page, "/dashboard/runs");
  await expect(table(page).getByRole("row").nth(1)).toContainText(/Running|Queued/);
  await table(page)
    .getByRole("link", { name: /open the run/ })
    .click();
  await expect(page.getByText("live", { exact: true })).toBeVisible();
  const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
  await expect(steps.filter({ hasText: "round 2" }).first()).toBeVisible();

  await page.getByRole("button", { name: "Cancel run" }).click();
  await page.getByRole("dialog", { name: "Cancel this run" }).getByRole("button", { name: "Cancel run" }).click();
  await expect(page.getByText("The run is cancelled.")).toBeVisible();
  await expect(page.getByRole("status").filter({ has: page.getByText("Cancelled", { exact: true }) })).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel run" })).toBeHidden();
  await expect(page.getByText("live", { exact: true })).toBeHidden();
});

test("a call that was passed through says that its prompt is not kept; a foreign run is not there", async ({
  owner: { page },
  stranger,
}) => {
  await ask(page, "gpt4");
  await open(page, "/dashboard");
  await page.getByRole("table", { name: "Recent runs" }).getByRole("link", { name: "gpt4" }).click();
  await expect(page.getByText("Prompts and answers of calls that are passed through")).toBeVisible();
  await expect(page.getByRole("list", { name: "Steps" }).getByRole("listitem")).toHaveCount(1);
  await expect(page.getByRole("link", { name: "Replay with other settings" })).toBeHidden();

  await signUp(stranger, newAccount("bob"));
  await stranger.goto(page.url());
  await expect(stranger.getByRole("heading", { name: "There is no run at this address" })).toBeVisible();
});
