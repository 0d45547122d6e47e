import { randomBytes } from "node:crypto";
import { createApp, packSample } from "./support/apps";
import { startBaton } from "./support/server";
import { open } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

test("C31, C36: a waiting deployment is cancelled and refunded; one whose stream is cut says so, and completes by itself", async ({
  browser,
}) => {
  test.setTimeout(90_000);
  // Without a worker a deployment waits until the cron endpoint is called.
  const cronSecret = randomBytes(24).toString("hex");
  const baton = await startBaton({ BATON_ROLE: "web", CRON_SECRET: cronSecret });
  const context = await browser.newContext({ baseURL: baton.url });
  try {
    const page = await context.newPage();
    await signUp(page, newAccount());
    const appId = await createApp(page, "Waiting");
    const queued = await page.request.post(`/api/agent-apps/${appId}/packages/deploy`, {
      multipart: { version: "1.0.0", file: await packSample("support-reply") },
    });
    expect(queued.status()).toBe(202);
    await open(page, `/dashboard/apps/${appId}/deployments`);
    await page.getByRole("button", { name: "Cancel the deployment of 1.0.0" }).click();
    await expect(page.getByText("The deployment of 1.0.0 is cancelled. What it cost is back.")).toBeVisible();
    const table = page.getByRole("table", { name: "Deployments" });
    await expect(table.getByRole("row", { name: /1\.0\.0.*Cancelled/ })).toBeVisible();
    await table.getByRole("link", { name: "1.0.0" }).click();
    await expect(page.getByText("1 reserved, 1 refunded")).toBeVisible();

    await page.getByRole("link", { name: "Packages" }).click();
    await page.getByRole("button", { name: "Deploy 1.0.0" }).click();
    await page.route("**/api/deployments/**", (route) => route.fulfill({ status: 503, json: { error: "Away" } }));
    await page.getByRole("button", { name: "Deploy for 1 credit" }).click();
    await expect(page.getByText("Reconnecting. What you see may be old.")).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: "Queued" })).toBeVisible();
    await expect(page.getByText("1 credit reserved")).toBeVisible();
    await page.unroute("**/api/deployments/**");
    await expect(page.getByText("live", { exact: true })).toBeVisible();

    const cron = await fetch(`${baton.url}/api/cron/process-deployments`, {
      method: "POST",
      headers: { "x-cron-secret": cronSecret },
    });
    expect(await cron.json()).toMatchObject({ processed: true, status: "completed" });
    await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
    const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
    await expect(steps.filter({ hasText: ", completed" })).toHaveCount(5);
    await expect(page.getByText("1 credit used")).toBeVisible();
  } finally {
    await context.close();
    await baton.stop();
  }
});
