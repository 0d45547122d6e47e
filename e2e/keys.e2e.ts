import { complete, keyDialog, makeKey, open, reopen, saveKey } from "./support/steps";
import { expect, test } from "./support/test";

test("C13: after a rotation with grace the old key and the new one work; without grace the old one is refused", async ({
  owner: { page },
}) => {
  const first = await makeKey(page, "Nightly report");
  await open(page, "/dashboard/api-keys");
  const row = page.getByRole("row", { name: /Nightly report/ });

  await row.getByRole("button", { name: "Actions for Nightly report" }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await page.getByRole("dialog").getByRole("combobox").click();
  await page.getByRole("option", { name: "Keep the old key for 1 hour" }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  await expect(keyDialog(page)).toContainText("The old key works for 1 more hour.");
  const second = await saveKey(page);
  expect(second).not.toBe(first);
  await expect(row).toContainText("Old key still works");
  expect((await complete(page, first)).status).toBe(200);
  expect((await complete(page, second)).status).toBe(200);

  await row.getByRole("button", { name: "Actions for Nightly report" }).click();
  await page.getByRole("menuitem", { name: "Rotate" }).click();
  await page.getByRole("dialog").getByRole("combobox").click();
  await page.getByRole("option", { name: "Stop the old key at once" }).click();
  await page.getByRole("button", { name: "Rotate key" }).click();
  const third = await saveKey(page);
  expect((await complete(page, first)).status).toBe(401);
  expect((await complete(page, second)).status).toBe(401);
  expect((await complete(page, third)).status).toBe(200);
});

test("C12: revoking asks for the key's name, and the key is refused from then on", async ({ owner }) => {
  const { page } = owner;
  const key = await makeKey(page, "Old laptop");
  await open(page, "/dashboard/api-keys");
  expect((await complete(page, key)).status).toBe(200);

  await page.getByRole("button", { name: "Actions for Old laptop" }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  const dialog = page.getByRole("dialog", { name: "Revoke “Old laptop”" });
  await dialog.getByRole("textbox").fill("old");
  await expect(dialog.getByRole("button", { name: "Revoke key" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("Old laptop");
  await dialog.getByRole("button", { name: "Revoke key" }).click();

  await expect(page.getByText("“Old laptop” is revoked.")).toBeVisible();
  await expect(page.getByText("No keys yet")).toBeVisible();
  expect((await complete(page, key)).status).toBe(401);
});

test("C10: the filter of the key list is in the address, and can be cleared", async ({ owner: { page } }) => {
  for (const [name, environment] of [
    ["Report", "live"],
    ["Laptop", "dev"],
  ]) {
    const made = await page.request.post("/api/api-keys", { data: { name, environment } });
    expect(made.status()).toBe(201);
  }
  await open(page, "/dashboard/api-keys");
  await page.keyboard.press("Shift+F");
  await page.keyboard.type("rep");
  await expect(page).toHaveURL("/dashboard/api-keys?q=rep");
  await expect(page.getByText("1 of 2 keys")).toBeVisible();

  await reopen(page);
  await expect(page.getByRole("row", { name: /Report/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /Laptop/ })).toBeHidden();
  await page.getByRole("combobox", { name: "Environment" }).click();
  await page.getByRole("option", { name: "Development" }).click();
  await expect(page.getByText("No key matches")).toBeVisible();
  await page.getByRole("link", { name: "Clear the filter" }).click();
  await expect(page.getByText("2 keys", { exact: true })).toBeVisible();
  await expect(page.getByRole("searchbox")).toHaveValue("");
});
