import type { Page } from "@playwright/test";
import { fillCredentials, invite, join, makeKey, open, reopen } from "./support/steps";
import { type Account, expect, newAccount, signUp, test } from "./support/test";

async function joinThrough(page: Page, link: string, account: Account): Promise<void> {
  await open(page, link);
  await page.getByRole("link", { name: "Create an account" }).click();
  await expect(page.getByLabel("E-mail")).toHaveValue(account.email);
  await fillCredentials(page, account);
  await page.getByRole("button", { name: "Create account" }).click();
  await join(page);
  await expect(page).toHaveURL("/dashboard");
}

test("C8, +C1, C9: an invited person signs up through the link, is a member, and loses access when removed", async ({
  owner: { page, account },
  stranger,
}) => {
  const bob = newAccount("bob");
  const link = await invite(page, bob.email);
  await expect(page.getByRole("table", { name: "Open invitations" })).toContainText(bob.email);

  await joinThrough(stranger, link, bob);
  await expect(stranger.getByRole("button", { name: `${account.organization} , switch organization` })).toBeVisible();
  const current = await stranger.request.get("/api/organizations/current");
  expect(await current.json()).toMatchObject({ organization: { name: account.organization }, role: "member" });

  await open(stranger, link);
  await expect(stranger.getByRole("heading", { name: "This invitation is no longer open" })).toBeVisible();
  await expect(stranger.getByText("was accepted already")).toBeVisible();
  await open(stranger, "/dashboard/api-keys");
  await expect(stranger.getByText("Only owners and admins can open this page")).toBeVisible();
  await expect(stranger.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API keys" })).toHaveCount(
    0,
  );

  await reopen(page);
  await expect(page.getByText("Nobody is invited at the moment")).toBeVisible();
  await page.getByRole("button", { name: `Remove ${bob.email}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText(`${bob.email} is no longer a member.`)).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(bob.email) })).toHaveCount(0);
  await open(stranger, "/dashboard/members");
  await expect(stranger.getByRole("main")).not.toContainText(account.email);
});

test("C9: an admin who leaves takes along the keys he made; the only owner cannot leave", async ({
  owner,
  stranger,
}) => {
  const { page, account } = owner;
  const carol = newAccount("carol");
  await joinThrough(stranger, await invite(page, carol.email, "Admin"), carol);
  await open(page, "/dashboard/members");
  await expect(page.getByRole("row", { name: new RegExp(account.email) })).toContainText("you");
  await expect(page.getByRole("button", { name: "Leave" })).toHaveCount(0);

  const key = await makeKey(stranger, "Carol's script");
  const models = () => page.request.get("/v1/models", { headers: { authorization: `Bearer ${key}` } });
  expect((await models()).status()).toBe(200);
  await open(stranger, "/dashboard/members");
  await stranger.getByRole("button", { name: "Leave" }).click();
  await stranger.getByRole("dialog").getByRole("button", { name: "Leave" }).click();

  await expect(stranger).toHaveURL("/dashboard");
  await expect(stranger.getByRole("button", { name: /switch organization/ })).not.toContainText(account.organization);
  expect((await models()).status()).toBe(401);
});

test("+C1: an invitation is for one address: somebody else is told whose it is", async ({ owner, stranger }) => {
  const bob = newAccount("bob");
  const link = await invite(owner.page, bob.email);
  const eve = newAccount("eve");
  await signUp(stranger, eve);

  await open(stranger, link);
  await expect(stranger.getByText(`You are signed in as ${eve.email}.`)).toBeVisible();
  await expect(stranger.getByRole("button", { name: /^Join/ })).toHaveCount(0);
  await stranger.getByRole("button", { name: "Use the invited address" }).click();
  await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(stranger.getByLabel("E-mail")).toHaveValue(bob.email);
});

test("+C2: a withdrawn invitation opens nothing", async ({ owner: { page }, stranger }) => {
  const bob = newAccount("bob");
  const link = await invite(page, bob.email);
  await page.getByRole("button", { name: `Withdraw the invitation of ${bob.email}` }).click();
  await expect(page.getByText("Nobody is invited at the moment")).toBeVisible();

  await open(stranger, link);
  await expect(stranger.getByRole("heading", { name: "This invitation is no longer open" })).toBeVisible();
});
