import type { Page } from "@playwright/test";
import OpenAI from "openai";
import { complete, fillCredentials, keyDialog, makeKey, open, reopen } from "./support/steps";
import { expect, newAccount, test } from "./support/test";

const messages = [{ role: "user" as const, content: "Say hello in one sentence." }];

test("C2, C4: signing up in the browser leads to the checklist of one's own organization", async ({ page }) => {
  const account = newAccount();
  await open(page, "/");
  await page.getByRole("main").getByRole("link", { name: "Create an account" }).click();
  await fillCredentials(page, account);
  await page.getByLabel("Organization (optional)").fill(account.organization);
  await page.getByRole("button", { name: "Create account" }).click();

  await expect(page).toHaveURL("/dashboard");
  await expect(page.getByRole("heading", { name: "Set up your organization" })).toBeVisible();
  await expect(page.getByText("0 of 7 done")).toBeVisible();
  const session = await (await page.request.get("/api/auth/session")).json();
  expect(session).toMatchObject({
    user: { email: account.email },
    organization: { name: account.organization, credits: 25 },
  });
});

test("C11: a new key is shown once, in a dialog that only closes once the key is saved", async ({ owner, context }) => {
  const { page } = owner;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/dashboard");
  await page.getByRole("listitem").first().getByRole("button", { name: "Create key" }).click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill("First program");
  await form.getByRole("button", { name: "Create key" }).click();

  const dialog = keyDialog(page);
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText("sk_live_••••");
  await dialog.getByRole("button", { name: "Copy API key" }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toMatch(/^sk_live_[A-Za-z0-9]{32}$/);
  const key = await copied();
  await expect(dialog).not.toContainText(key);

  await page.keyboard.press("Escape");
  await page.mouse.click(5, 5);
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Close" })).toHaveCount(0);
  await expect(dialog.getByRole("button", { name: "Done" })).toBeDisabled();

  await dialog.getByRole("button", { name: "Show" }).click();
  await expect(dialog.getByRole("figure", { name: "API key", exact: true })).toContainText(key);
  for (const tab of ["TypeScript", "Python", ".env", "curl"]) {
    await dialog.getByRole("tab", { name: tab }).click();
    await expect(dialog.getByRole("tabpanel", { name: tab })).toContainText(key);
  }
  await dialog.getByRole("checkbox", { name: "I saved it" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("1 of 7 done")).toBeVisible();

  await reopen(page);
  await expect(page.getByText("1 of 7 done")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await open(page, "/dashboard/api-keys");
  await expect(page.getByRole("row", { name: /First program/ })).toContainText(`${key.slice(0, 14)}...`);
  expect(await page.content()).not.toContain(key);
});

test("leaving the page asks first while a new key is not saved yet", async ({ owner: { page } }) => {
  await open(page, "/dashboard/api-keys?create=1");
  await page.getByLabel("Name").fill("Unsaved");
  await page.getByRole("dialog").getByRole("button", { name: "Create key" }).click();
  await expect(keyDialog(page)).toBeVisible();

  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await expect(keyDialog(page)).toBeVisible();
});

test("a key answers plain HTTP and OpenAI's client, streaming or not; the overview counts exactly that", async ({
  owner: { page },
}) => {
  const key = await makeKey(page, "First program");
  await open(page, "/dashboard");
  await expect(page.getByText("1 of 7 done")).toBeVisible();

  const plain = await complete(page, key);
  expect(plain.status).toBe(200);
  const first = await plain.json();
  expect(first).toMatchObject({ object: "chat.completion", model: "gpt4", simulated: true });

  const client = new OpenAI({ baseURL: `${new URL(page.url()).origin}/v1`, apiKey: key });
  expect((await client.models.list()).data.map(({ id }) => id)).toContain("gpt4");
  const second = await client.chat.completions.create({ model: "sonnet", messages });
  expect(second.choices[0]?.message.content).toContain("Simulated answer");
  const stream = await client.chat.completions.create({
    model: "k2p5",
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let text = "";
  let streamedTokens = 0;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta.content ?? "";
    streamedTokens += chunk.usage?.total_tokens ?? 0;
  }
  expect(text).toContain("Simulated answer");

  // The page reads itself again; nobody reloads it.
  await expect(page.getByText("3 of 7 done")).toBeVisible();
  // By now it has stopped doing so, as there is nothing left to wait for.
  await page.keyboard.press("Shift+R");
  const tokens = first.usage.total_tokens + (second.usage?.total_tokens ?? 0) + streamedTokens;
  await expect(figure(page, "Runs")).toHaveText("3");
  await expect(figure(page, "Tokens")).toHaveText(tokens.toLocaleString("en-US"));
  await expect(figure(page, "Credits")).toHaveText("25");
  const runs = page.getByRole("table", { name: "Recent runs" }).getByRole("row");
  await expect(runs.nth(1)).toContainText("k2p5");
  await expect(runs.nth(2)).toContainText("sonnet");
  await expect(runs.nth(3)).toContainText(/gpt4.*Simulated.*Completed/);
});

test("the playground streams a marked answer from two models at once and counts the runs", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/playground");
  await expect(page.getByText("a simulator answers, and marks every reply")).toBeVisible();
  await page.getByRole("button", { name: "Add model" }).click();
  await page.getByLabel("Message").fill("Who carries the baton?");
  await page.keyboard.press("Control+Enter");

  const answers = page.getByRole("region", { name: /^Answer of/ });
  await expect(answers).toHaveCount(2);
  for (const answer of await answers.all()) {
    await expect(answer).toContainText("Who carries the baton?");
    await expect(answer).toHaveAttribute("aria-busy", "false");
  }
  await expect(page.getByText("Simulated", { exact: true })).toHaveCount(2);
  await expect(page.getByText(/\d+ in, \d+ out/)).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();

  await page.getByRole("link", { name: "Overview" }).click();
  await expect(figure(page, "Runs")).toHaveText("2");
});

test("an answer that was stopped says that it is not complete", async ({ owner: { page } }) => {
  // However fast the machine, the answer must still be on its way when it is stopped.
  await page.route("**/v1/chat/completions", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue().catch(() => undefined);
  });
  await open(page, "/dashboard/playground");
  await page.getByLabel("Message").fill("Tell me a long story about a relay race.");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("button", { name: "Stop all" }).click();

  await expect(page.getByText("Stopped. The answer is not complete.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();
});

test("the checklist goes away when somebody hides it, for good", async ({ owner: { page } }) => {
  await open(page, "/dashboard");
  await page.getByRole("button", { name: "Hide" }).click();
  await expect(page.getByRole("heading", { name: "Set up your organization" })).toBeHidden();

  await reopen(page);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Set up your organization" })).toBeHidden();
});

function figure(page: Page, label: string) {
  return page.getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd[1]");
}
