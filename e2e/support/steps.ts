import { expect, type Locator, type Page } from "@playwright/test";

const keyPattern = /(?:sk_live_|staging_sk_|dev_sk_)[A-Za-z0-9]{32}/;

/** Opens a page and waits until it hears. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path, { waitUntil: "domcontentloaded" });
  await hears(page);
}

/** Loads the page once more and waits until it hears. */
export async function reopen(page: Page): Promise<void> {
  await page.reload({ waitUntil: "domcontentloaded" });
  await hears(page);
}

/**
 * Waits until React has taken over every control of the page and is done with it, so that no press is lost. After a press
 * that loads a page anew, wait first for something that only the new one has.
 */
export async function hears(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isTaken = (element: Element) => Object.keys(element).some((key) => key.startsWith("__reactProps"));
    return [...document.querySelectorAll("a, button, form")].every(isTaken);
  });
  // Effects, and with them the shortcuts of the whole page, come after the controls.
  await page.evaluate(() => new Promise<unknown>((resolve) => requestIdleCallback(resolve)).then(() => undefined));
}

/** The dialog that shows a new key once. */
export function keyDialog(page: Page): Locator {
  return page.getByRole("dialog", { name: /^Save the key/ });
}

/** Makes a key on the page of keys, with the rights that its form begins with, and answers with it. */
export async function createKey(page: Page, name: string): Promise<string> {
  await open(page, "/dashboard/api-keys?create=1");
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill(name);
  await form.getByRole("button", { name: "Create key" }).click();
  return saveKey(page);
}

/** Makes a key with full access as a program would, without a page. */
export async function makeKey(page: Page, name: string): Promise<string> {
  const made = await page.request.post("/api/api-keys", { data: { name } });
  expect(made.status(), await made.text()).toBe(201);
  return (await made.json()).apiKey.key;
}

/** Reads the key out of its dialog, confirms that it is saved, and closes the dialog. */
export async function saveKey(page: Page): Promise<string> {
  const dialog = keyDialog(page);
  await dialog.getByRole("button", { name: "Show" }).click();
  const text = await dialog.getByRole("figure", { name: "API key", exact: true }).textContent();
  const key = keyPattern.exec(text ?? "")?.[0];
  if (!key) throw new Error("The dialog shows no key.");
  await dialog.getByRole("checkbox", { name: "I saved it" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
  return key;
}

/** Calls a model of the page's instance as a program would: with a key, without the browser. */
export function complete(page: Page, key: string, content = "Say hello in one sentence."): Promise<Response> {
  return fetch(new URL("/v1/chat/completions", page.url()), {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "gpt4", messages: [{ role: "user", content }] }),
  });
}

/** Invites an address on the members' page and answers with the link that the dialog offers. */
export async function invite(page: Page, email: string, role: "Member" | "Admin" = "Member"): Promise<string> {
  await open(page, "/dashboard/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Invite somebody" });
  await form.getByLabel("E-mail").fill(email);
  if (role === "Admin") {
    await form.getByRole("combobox", { name: "Role" }).click();
    await page.getByRole("option", { name: /^Admin/ }).click();
  }
  await form.getByRole("button", { name: "Invite" }).click();
  const made = page.getByRole("dialog", { name: `${email} is invited` });
  const link = await made.getByLabel("Invitation link").inputValue();
  await made.getByRole("button", { name: "Done" }).click();
  return link;
}

/** Joins on the page of an invitation, which the press before has loaded. */
export async function join(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: /^Join/ });
  await expect(button).toBeVisible();
  await hears(page);
  await button.click();
}

/** Fills the form that signs in or up. */
export async function fillCredentials(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}
