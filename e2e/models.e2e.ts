import { startFakeOpenAI } from "#lib/testing/fake-openai";
import { finishOrchestration } from "./support/orchestrations";
import { open, reopen } from "./support/steps";
import { expect, test } from "./support/test";

test("X10: the catalogue shows prices, windows and specialties, and marks what is simulated", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/models");
  const table = page.getByRole("table", { name: "Models" });
  await expect(table.getByRole("row")).toHaveCount(8);
  const gpt4 = table.getByRole("row", { name: /gpt4/ });
  await expect(gpt4).toContainText("gpt-4-0125-preview");
  await expect(gpt4).toContainText("coding, analysis, general");
  await expect(gpt4).toContainText("128,000");
  await expect(gpt4).toContainText("$30.00");
  await expect(gpt4).toContainText("Simulated");
  await expect(gpt4).toContainText("No provider is asked");
});

test("measured scores show what the organization's own orchestrations found", async ({ owner: { page } }) => {
  await open(page, "/dashboard/models");
  await expect(page.getByRole("heading", { name: "Nothing is measured yet" })).toBeVisible();
  await finishOrchestration(page, { rounds: 2 });
  await reopen(page);
  const scores = page.getByRole("table", { name: "Measured scores" });
  await expect(scores.getByRole("row")).toHaveCount(3);
  await expect(scores.getByRole("row", { name: /general.*gpt4/ })).toContainText(/\d\.\d/);
});

test("a provider's key is added, tested, used, switched off and deleted, and never shown again", async ({ owner }) => {
  const { page } = owner;
  const provider = await startFakeOpenAI();
  try {
    await open(page, "/dashboard/models");
    const form = page.getByRole("dialog", { name: "Add a provider key" });
    await page.keyboard.press("Shift+N");
    await form.getByRole("combobox", { name: "Provider" }).click();
    await page.getByRole("option", { name: "OpenAI-compatible server" }).click();
    await form.getByLabel(/^Key/).fill("secret-of-the-engine-1234");
    await form.getByLabel("Address").fill(provider.url);
    await form.getByLabel("Name (optional)").fill("Own server");
    await form.getByRole("button", { name: "Add and test" }).click();
    await expect(page.getByText("The key works: 2 models.")).toBeVisible();

    const keys = page.getByRole("table", { name: "Provider keys" });
    await expect(keys.getByRole("row", { name: /Own server/ })).toContainText(/••••1234.*In use.*Works/);
    expect(await page.content()).not.toContain("secret-of-the-engine");
    expect(provider.received.at(-1)?.headers.authorization).toBe("Bearer secret-of-the-engine-1234");
    const models = page.getByRole("table", { name: "Models" });
    await expect(models.getByRole("row", { name: /compatible\/llama3\.2/ })).toContainText(
      /Active.*no price.*Healthy.*Own key/,
    );

    await keys.getByRole("button", { name: "Test Own server" }).click();
    await expect(page.getByText(/^“Own server” works: 2 models in \d+ ms\.$/)).toBeVisible();
    await keys.getByRole("button", { name: "Actions for Own server" }).click();
    await page.getByRole("menuitem", { name: "Switch off" }).click();
    await expect(keys.getByRole("row", { name: /Own server/ })).toContainText("Off");
    await expect(models.getByRole("row", { name: /compatible\/llama3\.2/ })).toHaveCount(0);

    await provider.close();
    await keys.getByRole("button", { name: "Test Own server" }).click();
    await expect(keys.getByRole("row", { name: /Own server/ })).toContainText("Failed");

    await keys.getByRole("button", { name: "Actions for Own server" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete “Own server”" });
    await expect(dialog.getByRole("button", { name: "Delete key" })).toBeDisabled();
    await dialog.getByLabel(/Type Own server to confirm/).fill("Own server");
    await dialog.getByRole("button", { name: "Delete key" }).click();
    await expect(page.getByRole("heading", { name: "No provider keys" })).toBeVisible();
  } finally {
    await provider.close().catch(() => undefined);
  }
});

test("what is wrong with a provider's key is said at its field", async ({ owner: { page } }) => {
  await open(page, "/dashboard/models?create=1");
  const form = page.getByRole("dialog", { name: "Add a provider key" });
  await form.getByLabel("Key", { exact: true }).fill("short");
  await form.getByRole("button", { name: "Add and test" }).click();
  await expect(form.getByText("Key must have at least 8 characters")).toBeVisible();
});

test("a member sees the keys of the organization without what only admins may do", async ({ member: { page } }) => {
  await open(page, "/dashboard/models");
  await expect(page.getByRole("table", { name: "Models" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add provider key" })).toHaveCount(0);
  await expect(page.getByText("An owner or admin can add one")).toBeVisible();
});
