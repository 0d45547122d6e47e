import type { Page } from "@playwright/test";
import { fillCredentials, invite, join, open } from "./support/steps";
import { type Account, expect, type MailingBaton, newAccount, test } from "./support/test";

// One instance with a mail server serves all of these, so they run one after the other in one worker.
test.describe.configure({ mode: "default" });
test.use({ baseURL: async ({ mailing }, use) => use(mailing.url) });

async function signUpInBrowser(page: Page, account: Account): Promise<void> {
  await open(page, "/signup");
  await fillCredentials(page, account);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
}

async function confirm(page: Page, { mails }: MailingBaton, { email }: Account): Promise<void> {
  await open(page, await mails.linkTo(email, /confirm/i));
  await expect(page.getByText("Your e-mail address is confirmed.")).toBeVisible();
}

async function signInOnPage(page: Page, account: Account): Promise<void> {
  await fillCredentials(page, account);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test("C1, C2: with verification switched on, only the mailed link opens the account", async ({ page, mailing }) => {
  const account = newAccount();
  await signUpInBrowser(page, account);
  await expect(page.getByText(`We sent a link to ${account.email}`)).toBeVisible();

  await page.getByRole("link", { name: "sign in" }).click();
  await fillCredentials(page, account);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Check your inbox" })).toBeVisible();

  await confirm(page, mailing, account);
  expect(page.url()).not.toContain("access_token");
  await signInOnPage(page, account);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();

  await open(page, await mailing.mails.linkTo(account.email, /confirm/i));
  await expect(page.getByText("This link has expired or was used already.")).toBeVisible();
  expect(page.url()).not.toContain("error");
});

test("the confirmation can be asked for again, at most once a minute", async ({ page }) => {
  await open(page, `/verify?email=${newAccount("nobody").email}`);
  await page.getByRole("button", { name: "Send the link again" }).click();
  await expect(page.getByText("If the address still needs it, a new link is on its way.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Send again in \d+ s$/ })).toBeDisabled();
});

test("a confirmation that was asked for again is mailed again", async ({ page, mailing }) => {
  const account = newAccount();
  await signUpInBrowser(page, account);
  await mailing.mails.linkTo(account.email, /confirm/i);
  await page.getByRole("button", { name: "Send the link again" }).click();
  await expect.poll(() => mailing.mails.countTo(account.email)).toBe(2);
  await confirm(page, mailing, account);
  await signInOnPage(page, account);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
});

test("+C6: the mailed link sets a new password once; the old one is refused", async ({ page, mailing }) => {
  const account = newAccount();
  await signUpInBrowser(page, account);
  await confirm(page, mailing, account);

  await open(page, "/reset-password");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(`If there is an account for ${account.email}, a link is on its way.`)).toBeVisible();
  const link = await mailing.mails.linkTo(account.email, /reset|password/i);
  await open(page, link);
  await expect(page.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  const renewed = { ...account, password: `${account.password}-2` };
  await page.getByLabel("New password").fill(renewed.password);
  expect(page.url()).not.toContain("access_token");
  await page.getByRole("button", { name: "Save the password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();

  await page.getByRole("link", { name: "Sign in" }).click();
  await signInOnPage(page, account);
  await expect(page.getByRole("main").getByRole("alert")).toHaveText("Wrong e-mail address or password");
  await signInOnPage(page, renewed);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();

  await open(page, link);
  await expect(page.getByText("This link has expired or was used already. Links work once.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Ask for a new link" })).toBeVisible();
});

test("+C6: asking for a reset says the same for an unknown address, and mails nobody", async ({ page, mailing }) => {
  const { email } = newAccount("nobody");
  await open(page, "/reset-password");
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(`If there is an account for ${email}, a link is on its way.`)).toBeVisible();
  expect(mailing.mails.countTo(email)).toBe(0);
});

test("C8: an invitation is mailed, and survives sign-up and confirmation", async ({ page, stranger, mailing }) => {
  const owner = newAccount();
  await signUpInBrowser(page, owner);
  await confirm(page, mailing, owner);
  await signInOnPage(page, owner);
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  const bob = newAccount("bob");
  const shown = await invite(page, bob.email);
  const mailed = await mailing.mails.linkTo(bob.email, /^Join .* on Baton$/);
  expect(mailed).toBe(shown);

  await open(stranger, mailed);
  await stranger.getByRole("link", { name: "Create an account" }).click();
  await fillCredentials(stranger, bob);
  await stranger.getByRole("button", { name: "Create account" }).click();
  await expect(stranger.getByRole("heading", { name: "Check your inbox" })).toBeVisible();
  // The link is opened elsewhere, such as on a phone; this browser still knows where the reader wanted to go.
  await confirm(page, mailing, bob);
  await stranger.getByRole("link", { name: "sign in" }).click();
  await signInOnPage(stranger, bob);
  await join(stranger);
  await expect(stranger.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(stranger.getByRole("button", { name: /switch organization/ })).toContainText(
    owner.email.split("@")[0] ?? "",
  );
});
