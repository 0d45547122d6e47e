import { complete, createKey, fillCredentials, hears, open } from "./support/steps";
import { expect, newAccount, test } from "./support/test";

test("on a phone: sign up, make a key through the drawer's page, call with it, and ask the playground", async ({
  page,
}) => {
  await open(page, "/signup");
  await fillCredentials(page, newAccount());
  await page.getByRole("button", { name: "Create account" }).tap();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await hears(page);

  await page.getByRole("button", { name: "Open navigation" }).tap();
  await page.getByRole("dialog", { name: "Navigation" }).getByRole("link", { name: "API keys" }).tap();
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  await expect(page.getByRole("dialog", { name: "Navigation" })).toBeHidden();
  const key = await createKey(page, "Phone");
  expect((await complete(page, key)).status).toBe(200);

  await page.getByRole("button", { name: "Open navigation" }).tap();
  await page.getByRole("dialog", { name: "Navigation" }).getByRole("link", { name: "Playground" }).tap();
  await page.getByLabel("Message").fill("Who carries the baton?");
  await page.getByRole("button", { name: "Send" }).tap();
  await expect(page.getByRole("region", { name: /^Answer of/ })).toContainText("Who carries the baton?");
  await expect(page.getByText("Simulated", { exact: true })).toBeVisible();
});
