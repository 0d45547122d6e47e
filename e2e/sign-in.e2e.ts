import { fillCredentials, open, reopen } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

test("C1: a wrong password and an unknown address are refused in the same words", async ({ owner, stranger }) => {
  await open(stranger, "/login");
  await fillCredentials(stranger, { email: owner.account.email, password: "not-the-password" });
  await stranger.getByRole("button", { name: "Sign in" }).click();
  const refusal = stranger.getByRole("main").getByRole("alert");
  await expect(refusal).toHaveText("Wrong e-mail address or password");

  await fillCredentials(stranger, { email: newAccount("nobody").email, password: "not-the-password" });
  const answer = stranger.waitForResponse("**/api/auth/login");
  await stranger.getByRole("button", { name: "Sign in" }).click();
  expect((await answer).status()).toBe(401);
  await expect(refusal).toHaveText("Wrong e-mail address or password");
  await expect(stranger).toHaveURL("/login");
});

test("a protected page asks to sign in and comes back to exactly that page", async ({ owner, stranger }) => {
  await open(stranger, "/dashboard/api-keys?q=report");
  await expect(stranger).toHaveURL(`/login?next=${encodeURIComponent("/dashboard/api-keys?q=report")}`);
  await fillCredentials(stranger, owner.account);
  await stranger.getByRole("button", { name: "Sign in" }).click();

  await expect(stranger).toHaveURL("/dashboard/api-keys?q=report");
  await expect(stranger.getByRole("heading", { name: "API keys" })).toBeVisible();
});

test("signing in never leads to another site, whatever next= says", async ({ owner, stranger }) => {
  for (const next of ["https://example.com/", "//example.com/", "/.//example.com"]) {
    await stranger.context().clearCookies();
    await open(stranger, `/login?next=${encodeURIComponent(next)}`);
    await fillCredentials(stranger, owner.account);
    await stranger.getByRole("button", { name: "Sign in" }).click();
    await expect(stranger).toHaveURL("/dashboard");
  }
});

test("C3: signing out ends the session; the pages are closed, also behind the back button", async ({ owner }) => {
  const { page, account } = owner;
  await open(page, "/dashboard/settings");
  await page.getByRole("button", { name: "Account menu" }).click();
  await expect(page.getByRole("menu")).toContainText(account.email);
  await page.getByRole("menuitem", { name: "Sign out" }).click();

  await expect(page).toHaveURL("/login");
  expect((await page.request.get("/api/auth/session")).status()).toBe(401);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText(account.email)).toHaveCount(0);
});

test("C1: the session lasts as long as the browser, or 30 days when asked to", async ({ owner, stranger }) => {
  const { account } = owner;
  const expiry = async () => {
    const cookies = await stranger.context().cookies();
    const session = cookies.find(({ name }) => /^sb-.+-auth-token(\.0)?$/.test(name));
    expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
    return session?.expires ?? 0;
  };
  await open(stranger, "/login");
  await fillCredentials(stranger, account);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL("/dashboard");
  expect(await expiry()).toBe(-1);

  await stranger.context().clearCookies();
  await open(stranger, "/login");
  await fillCredentials(stranger, account);
  await stranger.getByRole("checkbox", { name: "Keep me signed in for 30 days" }).check();
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL("/dashboard");
  const days = (await expiry()) / 86_400 - Date.now() / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30.1);
});

test("C2: a taken address and a short password are refused beside their fields or above the form", async ({
  owner,
  stranger,
}) => {
  await open(stranger, "/signup");
  await fillCredentials(stranger, { email: owner.account.email, password: "short" });
  await stranger.getByRole("button", { name: "Create account" }).click();
  await expect(stranger.getByLabel("Password", { exact: true })).toHaveAttribute("aria-invalid", "true");

  await fillCredentials(stranger, owner.account);
  await stranger.getByRole("button", { name: "Create account" }).click();
  await expect(stranger.getByRole("main").getByRole("alert")).toHaveText(
    "An account with this e-mail address exists. Log in instead.",
  );
});

test("the start page offers the dashboard to whoever is signed in", async ({ page }) => {
  await open(page, "/");
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();

  await signUp(page, newAccount());
  await reopen(page);
  await page.getByRole("banner").getByRole("link", { name: "Dashboard" }).click();
  await expect(page).toHaveURL("/dashboard");
});
