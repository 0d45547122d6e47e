import { mkdirSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createApp, deploySample, packSample } from "./support/apps";
import { keyDialog, open } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

// BATON_SCREENSHOTS=docs/images npx playwright test screenshots: writes the pictures of the README into that folder.
const folder = process.env.BATON_SCREENSHOTS ?? "test-results";

test("pictures of the overview, the new key, the playground and an orchestration, in both themes and on a phone", async ({
  page,
}) => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  await signUp(page, { ...newAccount("ada"), organization: "Analytical Engines" });
  await fill(page);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await take(page, theme);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: "light" });
  await open(page, "/dashboard");
  await shoot(page, "overview-phone");
});

async function take(page: Page, theme: string): Promise<void> {
  await open(page, "/dashboard");
  await expect(page.getByRole("heading", { name: "Set up your organization" })).toBeHidden();
  await expect(page.getByRole("table", { name: "Recent runs" })).toBeVisible();
  await shoot(page, `overview-${theme}`);

  await open(page, "/dashboard/api-keys?create=1");
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill(`Nightly report (${theme})`);
  await form.getByRole("button", { name: "Create key" }).click();
  await expect(keyDialog(page)).toBeVisible();
  await shoot(page, `api-key-${theme}`);
  await keyDialog(page).getByRole("checkbox", { name: "I saved it" }).check();
  await keyDialog(page).getByRole("button", { name: "Done" }).click();

  await open(page, "/dashboard/playground");
  await page.getByRole("button", { name: "Add model" }).click();
  await page.getByLabel("Message").fill("Who carries the baton?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Simulated", { exact: true })).toHaveCount(2);
  await shoot(page, `playground-${theme}`);

  await open(page, "/dashboard/playground?mode=orchestrate");
  await page.getByLabel("Prompt").fill("Explain to a new colleague why tides come twice a day.");
  await page.getByLabel("Rounds at most").fill("2");
  await page.getByRole("button", { name: "Start" }).click();
  const run = page.getByRole("region", { name: "Run of Setting", exact: true });
  await expect(run).toHaveAttribute("aria-busy", "false", { timeout: 30_000 });
  await shoot(page, `orchestration-${theme}`);
}

/** Keys and runs as a small team would have them, which has done every step of the checklist. */
async function fill(page: Page): Promise<void> {
  let key = "";
  for (const data of [
    { name: "Support bot", scopes: ["agents:read", "agents:write"] },
    { name: "Staging", environment: "staging" },
    { name: "Ada's laptop", environment: "dev" },
  ]) {
    const made = await page.request.post("/api/api-keys", { data });
    expect(made.status()).toBe(201);
    key ||= (await made.json()).apiKey.key;
  }
  const appId = await createApp(page, "Support desk", { description: "Drafts answers to customers." });
  await deploySample(page, appId, await packSample("support-reply"));
  await page.request.post("/api/organizations/members", { data: { email: "charles@example.com" } });
  const questions = ["Summarize this thread.", "Translate to French: good morning.", "Write a haiku about queues."];
  for (const model of ["gpt4", "sonnet", "k2p5"]) {
    for (const content of questions) {
      const answer = await page.request.post("/v1/chat/completions", {
        headers: { authorization: `Bearer ${key}` },
        data: { model, messages: [{ role: "user", content }] },
      });
      expect(answer.status()).toBe(200);
    }
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}/${name}.png`, animations: "disabled" });
}
