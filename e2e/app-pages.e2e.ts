import type { Page } from "@playwright/test";
import { startWebhookReceiver } from "#lib/testing/webhook-receiver";
import { createApp, deploySample, packSample } from "./support/apps";
import { inspect } from "./support/inspect";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

test("a new app's pages are accessible and fit the screen", async ({ owner: { page } }) => {
  const appId = await createApp(page, "Support desk", { description: "Answers customers.", is_public: true });
  for (const tab of ["", "/packages", "/deployments", "/webhooks", "/settings"]) {
    await open(page, `/dashboard/apps/${appId}${tab}`);
    await expect(page.getByRole("heading", { level: 1, name: "Support desk" })).toBeVisible();
    await inspect(page, `app${tab.replace("/", "-")}-new`);
  }
});

test("a busy app's pages are accessible and fit the screen", async ({ owner: { page } }) => {
  test.setTimeout(120_000);
  const receiver = await startWebhookReceiver();
  const { appId, deploymentId, webhookId } = await furnish(page, receiver.url);
  await receiver.close();
  const base = `/dashboard/apps/${appId}`;
  const pages = { "": "app", "/packages": "packages", "/deployments": "deployments", "/webhooks": "webhooks" };
  for (const [path, name] of Object.entries(pages)) {
    await open(page, `${base}${path}`);
    await inspect(page, `app-${name}`);
  }
  await open(page, "/dashboard/apps");
  await inspect(page, "apps-busy");

  await open(page, `${base}/deployments/${deploymentId}`);
  await page.getByRole("button", { name: /^Make it live/ }).click();
  await inspect(page, "app-deployment");

  await open(page, `${base}/webhooks/${webhookId}`);
  await expect(page.getByRole("table", { name: "Deliveries" }).getByRole("row", { name: /Delivered/ })).toHaveCount(4);
  await inspect(page, "app-webhook");
  await page.getByRole("table", { name: "Deliveries" }).getByRole("link").first().click();
  await expect(page.getByText("Attempt 1")).toBeVisible();
  await inspect(page, "app-delivery");
  await page.getByRole("button", { name: "Send again" }).click();
  await expect(page.getByRole("dialog", { name: "Send again what has arrived" })).toBeVisible();
  await inspect(page, "app-dialog-replay");
});

test("what opens above an app's pages is accessible and fits the screen", async ({ owner: { page } }) => {
  const appId = await createApp(page, "Support desk");
  await open(page, "/dashboard/apps?create=1");
  await expect(page.getByRole("dialog", { name: "Create an agent app" })).toBeVisible();
  await inspect(page, "app-dialog-create");

  await open(page, `/dashboard/apps/${appId}/packages`);
  await page.getByLabel("Package file").setInputFiles(await packSample("release-notes-team"));
  await expect(page.getByRole("dialog", { name: "Upload a package" })).toContainText("Three members");
  await inspect(page, "app-dialog-upload");
  await page.getByLabel("Version").fill("x");
  await page.getByRole("button", { name: "Upload only, free" }).click();
  await expect(page.getByRole("list", { name: "Failures" })).toBeVisible();
  await inspect(page, "app-dialog-failures");

  await open(page, `/dashboard/apps/${appId}/webhooks`);
  await page.getByRole("button", { name: "Add web hook" }).click();
  await expect(page.getByRole("dialog", { name: "Add a web hook" })).toBeVisible();
  await inspect(page, "app-dialog-webhook");
});

/** An app with a web hook that heard of its deployment, and a call. */
async function furnish(page: Page, url: string) {
  const appId = await createApp(page, "The Analytical Engine's own support desk for customers of London and Turin", {
    description: "Drafts an answer to a customer's message in the tone you choose. ".repeat(4),
  });
  const hook = await page.request.post(`/api/agent-apps/${appId}/webhooks`, {
    data: {
      url: `${url}/${"a-long-path/".repeat(6)}`,
      events: ["deployment.queued", "deployment.started", "deployment.completed"],
      generate_secret: true,
    },
  });
  expect(hook.status(), await hook.text()).toBe(201);
  const webhookId = (await hook.json()).webhook.id;
  const deploymentId = await deploySample(page, appId, await packSample("support-reply"));
  const called = await page.request.post(`/api/agent-apps/${appId}/invoke`, {
    data: { input: { message: "I was charged twice this month." } },
  });
  expect(called.status(), await called.text()).toBe(200);
  const tested = await page.request.post(`/api/agent-apps/${appId}/webhooks/${webhookId}/test`, { data: {} });
  expect(tested.ok(), await tested.text()).toBe(true);
  const delivered = `/api/agent-apps/${appId}/webhooks/${webhookId}/deliveries?status=delivered`;
  await expect.poll(async () => (await (await page.request.get(delivered)).json()).deliveries.length).toBe(4);
  return { appId, deploymentId, webhookId };
}
