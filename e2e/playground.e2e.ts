import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { startJudgingProvider } from "./support/orchestrations";
import { startBaton } from "./support/server";
import { makeKey, open } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

const orchestrate = "/dashboard/playground?mode=orchestrate";
const runOf = (page: Page, title: string) => page.getByRole("region", { name: `Run of ${title}`, exact: true });

async function begin(page: Page, prompt: string): Promise<void> {
  await page.getByLabel("Prompt").fill(prompt);
  await page.keyboard.press("Control+Enter");
}

test("a provider that scores 5, 7 and 9 gives three rounds as they happen, and with threshold 7 it stops after two", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const provider = await startJudgingProvider(5, 7, 9, 5, 7);
  const baton = await startBaton({ OPENAI_API_KEY: "sk-openai-test", OPENAI_BASE_URL: provider.url });
  const context = await browser.newContext({ baseURL: baton.url });
  try {
    const page = await context.newPage();
    await signUp(page, newAccount());
    await open(page, orchestrate);
    await page.getByLabel("Good enough from").fill("8.5");
    await begin(page, "Name three rivers.");
    const run = runOf(page, "Setting");
    const rounds = run.getByRole("list", { name: "Rounds" }).getByRole("listitem").filter({ hasText: "Round" });
    await expect(run).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
    await expect(rounds).toHaveCount(3);
    for (const [index, score] of ["5.0", "7.0", "9.0"].entries()) {
      await expect(rounds.nth(index)).toContainText(`${score} of 10`);
      await expect(rounds.nth(index)).toContainText(`Answer number ${index + 1}.`);
      await expect(rounds.nth(index)).toContainText(`Feedback ${index + 1}.`);
    }
    await expect(rounds.nth(2)).toContainText("Best");
    await expect(
      run.getByRole("img", { name: "Scores from 0 to 10: 5.0, 7.0, 9.0. Good enough is 8.5." }),
    ).toBeVisible();
    await expect(page.getByText("9.0 of 10, good enough")).toBeVisible();
    await expect(run.getByText(/^\$0\.\d+ spent of \$0\.50/)).toBeVisible();

    await page.getByLabel("Good enough from").fill("7");
    await page.getByRole("button", { name: "Start" }).click();
    await expect(page.getByText("7.0 of 10, good enough")).toBeVisible({ timeout: 30_000 });
    await expect(rounds).toHaveCount(2);
  } finally {
    await context.close();
    await baton.stop();
    await provider.close();
  }
});

test("two settings run side by side; the better one is marked, and each has its own rounds", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/playground");
  await page.getByRole("link", { name: "Orchestrate" }).click();
  await expect(page).toHaveURL(/mode=orchestrate/);
  await page.getByRole("button", { name: "Compare two settings" }).click();
  const rounds = page.getByLabel("Rounds at most");
  await rounds.nth(0).fill("1");
  await rounds.nth(1).fill("2");
  const choice = page.getByText("Models: any").nth(1);
  await choice.click();
  for (const model of ["claude", "opus"])
    await page
      .getByRole("checkbox", { name: new RegExp(`^${model}`) })
      .last()
      .check();
  await page.getByLabel("Answers a round").nth(1).fill("2");
  await page.getByLabel("Good enough from").nth(0).fill("0");
  await page.getByLabel("Good enough from").nth(1).fill("10");
  await begin(page, "Who carries the baton?");

  await expect(runOf(page, "Setting 1").getByText("Round 1")).toBeVisible();
  await expect(runOf(page, "Setting 2").getByText("Round 2")).toBeVisible();
  for (const title of ["Setting 1", "Setting 2"])
    await expect(runOf(page, title)).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
  await expect(page.getByText("Simulated", { exact: true })).toHaveCount(2);
  await expect(runOf(page, "Setting 2").getByRole("heading", { name: /^(claude|opus)$/ })).toHaveCount(4);
  await expect(runOf(page, "Setting 2").getByText(/^\d\.\d of 10$/)).toHaveCount(4);
  const scores = await Promise.all(
    ["Setting 1", "Setting 2"].map(async (title) => {
      const shown = await runOf(page, title)
        .getByText(/^\d\.\d of 10$/)
        .allTextContents();
      return Math.max(...shown.map((text) => Number.parseFloat(text)));
    }),
  );
  await expect(page.getByText("Winner", { exact: true })).toHaveCount(scores[0] === scores[1] ? 0 : 1);
});

test("stopping one setting stops its run on the server and leaves the other running", async ({ owner: { page } }) => {
  await open(page, orchestrate);
  await page.getByRole("button", { name: "Compare two settings" }).click();
  for (const place of [0, 1]) {
    await page.getByLabel("Rounds at most").nth(place).fill("20");
    await page.getByLabel("Good enough from").nth(place).fill("10");
  }
  await begin(page, "Tell me a long story about a relay race.");
  await expect(runOf(page, "Setting 1").getByText("Round 1")).toBeVisible();
  await page.getByRole("button", { name: "Stop Setting 1" }).click();
  await expect(runOf(page, "Setting 1").getByText("Stopped. What was judged by then is kept.")).toBeVisible();
  await expect(runOf(page, "Setting 2")).toHaveAttribute("aria-busy", "true");
  await expect(runOf(page, "Setting 2").getByText("Round 3")).toBeVisible({ timeout: 20_000 });
  await page.getByRole("button", { name: "Stop all" }).click();
  await expect(runOf(page, "Setting 2")).toHaveAttribute("aria-busy", "false");

  await open(page, "/dashboard/runs?status=cancelled");
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(3);
});

test("a setting that cannot start says why and leaves the other running", async ({ owner: { page } }) => {
  let calls = 0;
  await page.route("**/api/orchestration/start", async (route) => {
    calls += 1;
    if (calls > 1) return route.continue();
    await route.fulfill({ status: 429, json: { detail: "Too many orchestrations.", status_code: 429 } });
  });
  await open(page, orchestrate);
  await page.getByRole("button", { name: "Compare two settings" }).click();
  for (const place of [0, 1]) await page.getByLabel("Rounds at most").nth(place).fill("1");
  await begin(page, "Who carries the baton?");
  await expect(page.getByText("Failed", { exact: true })).toHaveCount(1);
  await expect(page.getByRole("alert").filter({ hasText: "Too many orchestrations." })).toHaveCount(1);
  await expect(page.getByText("Completed", { exact: true })).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByText("Winner", { exact: true })).toHaveCount(1);
});

test("settings that no run can have are named, and nothing starts", async ({ owner: { page } }) => {
  await open(page, orchestrate);
  await page.getByLabel("Prompt").fill("Say hello.");
  await page.getByLabel("Rounds at most").fill("21");
  await expect(page.getByText("A whole number from 1 to 20")).toBeVisible();
  await expect(page.getByRole("button", { name: "Start" })).toBeDisabled();
});

test("the code of a run does the same from a program", async ({ owner: { page } }) => {
  const key = await makeKey(page, "Program");
  await open(page, orchestrate);
  await page.getByLabel("Prompt").fill("Say \"hello\" in 'one' word.\nNothing else: \\ $HOME");
  await page.getByLabel("Rounds at most").fill("1");
  await page.getByRole("button", { name: "View code for Setting" }).click();
  const dialog = page.getByRole("dialog", { name: "The same run from a program" });
  const codeOf = async (label: string) => {
    await dialog.getByRole("tab", { name: label }).click();
    return (await dialog.getByRole("figure", { name: label }).locator("code").textContent()) ?? "";
  };
  const env = { ...process.env, BATON_API_KEY: key };
  const run = promisify(execFile);
  const typescript = await run(process.execPath, ["--input-type=module", "-e", await codeOf("TypeScript")], { env });
  expect(typescript.stdout).toContain("Simulated answer.");
  const curl = await run("sh", ["-c", await codeOf("As a model (curl)")], { env });
  expect(JSON.parse(curl.stdout).choices[0].message.content).toContain("Simulated answer.");
  const python = await run("python3", ["-c", await codeOf("Python")], { env }).catch((error) => {
    // A machine without Python cannot run it; everything else is a failure.
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  expect(python?.stdout ?? "Simulated answer.").toContain("Simulated answer.");

  await open(page, "/dashboard/runs?text=%24HOME");
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(python ? 4 : 3);
});
