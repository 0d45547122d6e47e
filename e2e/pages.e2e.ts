import type { Page } from "@playwright/test";
import { inspect } from "./support/inspect";
import { finishOrchestration } from "./support/orchestrations";
import { open } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

const publicPages = [
  { name: "start", path: "/", heading: "Run your own agent cloud" },
  { name: "login", path: "/login", heading: "Sign in" },
  { name: "signup", path: "/signup", heading: "Create an account" },
  { name: "reset-password", path: "/reset-password", heading: "Reset your password" },
  { name: "update-password", path: "/update-password#access_token=x", heading: "Set a new password" },
  { name: "verify", path: "/verify?email=ada%40example.com", heading: "Check your inbox" },
  { name: "invitation", path: "/invitations/accept?token=none", heading: "This invitation is no longer open" },
];

/** These look different before anything has happened. */
const pagesOfEvents = [
  { name: "overview", path: "/dashboard", heading: "Overview" },
  { name: "apps", path: "/dashboard/apps", heading: "Agent apps" },
  { name: "runs", path: "/dashboard/runs", heading: "Runs" },
  { name: "sessions", path: "/dashboard/sessions", heading: "Sessions" },
  { name: "api-keys", path: "/dashboard/api-keys", heading: "API keys" },
  { name: "usage", path: "/dashboard/usage", heading: "Usage" },
  { name: "billing", path: "/dashboard/billing", heading: "Billing" },
];

const dashboardPages = [
  ...pagesOfEvents,
  { name: "playground", path: "/dashboard/playground", heading: "Playground" },
  { name: "playground-orchestrate", path: "/dashboard/playground?mode=orchestrate", heading: "Playground" },
  { name: "models", path: "/dashboard/models", heading: "Models" },
  { name: "members", path: "/dashboard/members", heading: "Members" },
  { name: "settings", path: "/dashboard/settings", heading: "Settings" },
];

test("the public pages are accessible, fit the screen and raise no complaint", async ({ page }) => {
  for (const { name, path, heading } of publicPages) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(page, name);
  }
});

test("a missing page says so, accessibly", async ({ page }) => {
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no page at this address" })).toBeVisible();
  await inspect(page, "not-found");
});

test("a new organization's pages are accessible, fit the screen and raise no complaint", async ({ owner }) => {
  test.setTimeout(120_000);
  for (const { name, path, heading } of pagesOfEvents) {
    await open(owner.page, path);
    await expect(owner.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(owner.page, `${name}-new`);
  }
});

test("a busy organization's pages are accessible, fit the screen and raise no complaint", async ({ page }) => {
  test.setTimeout(120_000);
  await furnish(page);
  for (const { name, path, heading } of dashboardPages) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(page, name);
  }
});

test("what opens above the list of keys is accessible and fits the screen", async ({ page }) => {
  await furnish(page);
  await open(page, "/dashboard/api-keys");
  await page.getByRole("button", { name: "Actions for Nightly report" }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  // A menu hangs outside the landmarks by nature: it belongs to its button.
  await inspect(page, "menu-key", ["region"]);
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await expect(page.getByRole("dialog", { name: /^Revoke/ })).toBeVisible();
  await inspect(page, "dialog-revoke");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Create key" }).click();
  const form = page.getByRole("dialog", { name: "Create an API key" });
  await form.getByLabel("Name").fill("A second program");
  await inspect(page, "dialog-create-key");
  await form.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("dialog", { name: /^Save the key/ })).toBeVisible();
  await inspect(page, "dialog-save-key");
});

test("the tables behind the charts and the export are accessible and fit the screen", async ({ page }) => {
  await furnish(page);
  await open(page, "/dashboard/billing");
  await page.getByText("Show the balance as a table").click();
  await expect(page.getByRole("table", { name: "Balance per day" })).toBeVisible();
  await inspect(page, "billing-table");
  await open(page, "/dashboard/usage?days=7");
  await page.getByText("Show the figures as a table").click();
  await expect(page.getByRole("table", { name: "Invocations and credits per day" })).toBeVisible();
  await inspect(page, "usage-table");
  await page.getByRole("button", { name: "Export" }).click();
  const dialog = page.getByRole("dialog", { name: "Export usage" });
  await dialog.getByRole("button", { name: "Make link" }).click();
  await expect(dialog.getByRole("link", { name: "Download" })).toBeVisible();
  await inspect(page, "dialog-export");
});

test("the palette, the sheet of shortcuts and the invitation are accessible and fit the screen", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Invite somebody" })).toBeVisible();
  await inspect(page, "dialog-invite");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+K");
  await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  await inspect(page, "palette");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+/");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await inspect(page, "shortcuts");
});

test("answers side by side are accessible and fit the screen", async ({ owner: { page } }) => {
  await open(page, "/dashboard/playground");
  await page.getByRole("button", { name: "Add model" }).click();
  await page.getByLabel("Message").fill("Who carries the baton?");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Simulated", { exact: true })).toHaveCount(2);
  await inspect(page, "playground-answered");
});

test("runs, sessions and rounds of an orchestration are accessible and fit the screen", async ({ page }) => {
  test.setTimeout(120_000);
  await furnish(page);
  const { sessionId } = await finishOrchestration(page, { userId: "u".repeat(200), prompt: "Rivers? ".repeat(60) });
  await open(page, "/dashboard/runs?kind=orchestration&status=completed&text=rivers&sort=cost");
  await inspect(page, "runs-filtered");
  await page
    .getByRole("table", { name: "Runs" })
    .getByRole("link", { name: /open the run/ })
    .click();
  const steps = page.getByRole("list", { name: "Steps" }).getByRole("button");
  await expect(steps).toHaveCount(4);
  for (const step of await steps.all()) await step.click();
  await expect(page.getByText("Simulated answer.").first()).toBeVisible();
  await inspect(page, "run");
  await open(page, "/dashboard/runs?kind=agent");
  await inspect(page, "runs-none");
  await open(page, `/dashboard/sessions/${sessionId}`);
  await page.getByText("Show the models as a table").click();
  await page.getByText("Show the best answer").click();
  await expect(page.getByRole("region", { name: "Events" })).toBeVisible();
  await inspect(page, "session");
  await open(page, "/dashboard/models?create=1");
  await expect(page.getByRole("dialog", { name: "Add a provider key" })).toBeVisible();
  await inspect(page, "dialog-provider-key");

  await open(page, "/dashboard/playground?mode=orchestrate");
  await page.getByRole("button", { name: "Compare two settings" }).click();
  await page.getByText("Models: any").first().click();
  await page.getByLabel("Good enough from").first().fill("11");
  await inspect(page, "playground-settings");
  await page.getByLabel("Good enough from").first().fill("10");
  await page.getByLabel("Prompt").fill("Who carries the baton?");
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("Completed", { exact: true })).toHaveCount(2, { timeout: 30_000 });
  await inspect(page, "playground-rounds");
});

/** An organization with long names, keys in every state, an open invitation, an unpaid checkout and some runs. */
async function furnish(page: Page): Promise<void> {
  const account = newAccount("augusta-ada-king-countess-of-lovelace");
  await signUp(page, { ...account, organization: "The Analytical Engine Company of London and Turin" });
  const post = async (path: string, data: object) => {
    const answer = await page.request.post(path, { data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  };
  const { apiKey } = await post("/api/api-keys", { name: "Nightly report" });
  await post(`/api/api-keys/${apiKey.id}/rotate`, { grace_hours: 24 });
  await post("/api/api-keys", { name: "A".repeat(100), environment: "staging", scopes: ["billing:read"] });
  await post("/api/api-keys", { name: "Laptop", environment: "dev" });
  await post("/api/organizations/members", { email: newAccount("charles.babbage.of.the.difference.engine").email });
  await post("/api/credits/topup", { package: "growth" });
  const messages = [{ role: "user", content: "Say hello." }];
  await Promise.all(["gpt4", "sonnet", "k2p5"].map((model) => post("/v1/chat/completions", { model, messages })));
}
