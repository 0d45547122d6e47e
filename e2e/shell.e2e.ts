import { settle } from "./support/inspect";
import { open, reopen } from "./support/steps";
import { expect, test } from "./support/test";

test("+C5: the switcher changes the organization that every page shows", async ({ owner, member }) => {
  const { page, account: bob } = member;
  await open(page, "/dashboard");
  const switcher = page.getByRole("button", { name: /switch organization/ });
  await expect(switcher).toContainText(owner.account.organization);

  await switcher.click();
  await expect(page.getByRole("menuitemradio", { name: owner.account.organization })).toBeChecked();
  await page.getByRole("menuitemradio", { name: bob.organization }).click();
  await expect(switcher).toContainText(bob.organization);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByLabel("Name")).toHaveValue(bob.organization);
  await reopen(page);
  await expect(switcher).toContainText(bob.organization);
});

test("C6: a rename waits behind Save, is saved with Mod+S, and shows everywhere", async ({ owner }) => {
  const { page, account } = owner;
  await open(page, "/dashboard/settings");
  const name = page.getByLabel("Name");
  await name.fill("Relay team");
  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(name).toHaveValue(account.organization);

  await name.fill("Relay team");
  await page.keyboard.press("Control+S");
  await expect(page.getByText("The name is saved.")).toBeVisible();
  await expect(page.getByText("Not saved yet")).toBeHidden();
  await expect(page.getByRole("button", { name: /switch organization/ })).toContainText("Relay team");
});

test("Mod+K opens the palette, which leads to pages and actions by name", async ({ owner: { page } }) => {
  await open(page, "/dashboard");
  await page.keyboard.press("Control+K");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("combobox", { name: "Search pages and actions" })).toBeFocused();
  await page.keyboard.type("memb");
  await expect(palette.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/members");
  await expect(palette).toBeHidden();

  await page.keyboard.press("Control+K");
  await page.keyboard.type("create");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Create an API key" })).toBeVisible();
});

test("Mod+/ lists the shortcuts; they work, but never while somebody types", async ({ owner: { page } }) => {
  await open(page, "/dashboard");
  await page.keyboard.press("Control+/");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet.getByRole("term").filter({ hasText: "Go to Members" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();

  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await expect(page.getByRole("heading", { name: "API keys" })).toBeVisible();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await page.keyboard.press("Shift+N");
  await form.getByLabel("Name").pressSequentially("gpN");
  await expect(form.getByLabel("Name")).toHaveValue("gpN");
  await expect(page).toHaveURL("/dashboard/api-keys");
});

test("the palette and the shortcuts leave out what a member may not do", async ({ member: { page } }) => {
  await open(page, "/dashboard");
  await page.keyboard.press("Control+K");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await expect(palette.getByRole("option", { name: /Members/ })).toBeVisible();
  await expect(palette.getByRole("option", { name: /API key/ })).toHaveCount(0);
});

test("for readers who want less motion nothing on a page goes over into another theme", async ({ owner: { page } }) => {
  await open(page, "/dashboard/billing");
  const begun = await page.evaluateHandle(() => {
    const properties: string[] = [];
    document.addEventListener("transitionrun", ({ propertyName }) => properties.push(propertyName));
    return properties;
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await settle(page);
  expect(await begun.jsonValue()).toEqual([]);
});

for (const [chosen, system] of [
  ["dark", "light"],
  ["light", "dark"],
] as const) {
  test(`the ${chosen} theme, once chosen, is there before the first paint on a ${system} system`, async ({ owner }) => {
    const { page } = owner;
    await page.emulateMedia({ colorScheme: system });
    await open(page, "/dashboard/settings");
    const before = await page.evaluate(backgroundNow);
    await page.getByRole("radio", { name: chosen === "dark" ? "Dark" : "Light" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", chosen);
    await settle(page);
    const after = await page.evaluate(backgroundNow);
    expect(after).not.toBe(before);

    // Each frame until the page is complete, as the reader's eye would see it.
    await page.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(window, { seenBackgrounds: seen });
      const look = () => {
        if (document.body) seen.push(getComputedStyle(document.body).backgroundColor);
        if (document.readyState !== "complete") requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.reload();
    await expect(page.getByRole("radio", { name: chosen === "dark" ? "Dark" : "Light" })).toBeChecked();
    const seen = await page.evaluate(() => (window as unknown as { seenBackgrounds: string[] }).seenBackgrounds);
    expect(new Set(seen)).toEqual(new Set([after]));
  });
}

function backgroundNow(): string {
  return getComputedStyle(document.body).backgroundColor;
}
