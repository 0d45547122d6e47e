import { inspect } from "./support/inspect";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

test("guides, their index and the errors are readable signed out, accessible and fit the screen", async ({ page }) => {
  for (const [name, path, heading] of [
    ["docs", "/docs", "Docs"],
    ["docs-quick-start", "/docs/quick-start", "Quick start"],
    ["docs-errors", "/docs/errors", "Errors"],
  ] as const) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(page, name);
  }
});

test("a guide leads on: sidebar, headings, pictures, links to other guides, next guide", async ({ page }) => {
  await open(page, "/docs/quick-start");
  await expect(
    page.getByRole("navigation", { name: "Guides" }).getByRole("link", { name: "Quick start" }),
  ).toHaveAttribute("aria-current", "page");
  const picture = page.getByRole("img", { name: "The overview page of an organization" });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(500);
  await page.getByRole("link", { name: "models.md" }).first().click();
  await expect(page).toHaveURL("/docs/models");
  await page.goBack();
  await page.getByRole("navigation", { name: "Previous and next guide" }).getByRole("link").click();
  await expect(page).toHaveURL("/docs/packages");
});

test("snippets show the address under which this instance is reached, and are copied with it", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/docs/quick-start");
  const origin = new URL(page.url()).origin;
  await expect(page.getByText(`curl ${origin}/v1/chat/completions`).first()).toBeVisible();
  await expect(page.locator("pre", { hasText: "http://localhost:3000" })).toHaveCount(0);
  await page.getByRole("button", { name: "Copy shell command" }).nth(2).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`curl ${origin}/v1/chat/completions`);
  expect(copied).toContain("$BATON_API_KEY");
});

test("Copy as Markdown copies what /docs/<slug>.md answers", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, "/docs/errors");
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const answer = await page.request.get("/docs/errors.md");
  expect(answer.headers()["content-type"]).toBe("text/markdown; charset=utf-8");
  expect(copied).toBe(await answer.text());
});

test("the search leads to the heading that says it", async ({ page }) => {
  await open(page, "/docs");
  await page.keyboard.press("Control+K");
  const search = page.getByRole("dialog", { name: "Search the guides" });
  await search.getByRole("combobox").fill("refunds and disputes");
  await expect(search.getByRole("option").first()).toContainText("Refunds and disputes");
  await inspect(page, "docs-search");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/docs/billing#refunds-and-disputes");
  await expect(page.getByRole("heading", { name: "Refunds and disputes" })).toBeInViewport();
});

test("language models find the guides", async ({ page }) => {
  const index = await page.request.get("/llms.txt");
  expect(index.headers()["content-type"]).toContain("text/plain");
  const [, first = ""] = /\]\((\/docs\/[a-z-]+\.md)\)/.exec(await index.text()) ?? [];
  expect((await page.request.get(first)).status()).toBe(200);
  expect((await (await page.request.get("/llms-full.txt")).text()).length).toBeGreaterThan(50_000);
});

test("the API reference lists the operations and calls them as whoever is signed in", async ({ owner: { page } }) => {
  test.setTimeout(90_000);
  // Its controls are not React's, so they are waited for by name.
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { level: 1, name: "Baton" })).toBeVisible({ timeout: 30_000 });
  await page
    .getByRole("button", { name: /Open Group - Credits and billing/ })
    .first()
    .click();
  await page.getByText("Get the credit balance").first().click();
  await page
    .getByRole("button", { name: /Test Request.*balance/i })
    .first()
    .click();
  const called = page.waitForResponse((response) => response.url().endsWith("/api/credits/balance"));
  await page.getByRole("button", { name: /^Send/ }).first().click();
  const answer = await called;
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ credits: 25 });
});

test("the dashboard and its palette lead to the guides", async ({ owner: { page } }) => {
  await open(page, "/dashboard");
  await page.keyboard.press("Control+K");
  await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("docs");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/docs");
  await expect(page.getByRole("heading", { level: 1, name: "Docs" })).toBeVisible();
});
