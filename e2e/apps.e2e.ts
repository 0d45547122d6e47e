import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";
import { startWebhookReceiver } from "#lib/testing/webhook-receiver";
import { createApp, deploySample, dropFile, packSample } from "./support/apps";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

const stepNames = [
  "Validate the package",
  "Check the stored file",
  "Read what it is",
  "Hand it to the runtime",
  "Make it live",
];

test("C15, C34, C20, C31, +C3: an app is made, a package dropped and deployed, the app called, and the web hook is verified", async ({
  owner: { page },
}) => {
  const receiver = await startWebhookReceiver();
  await open(page, "/dashboard/apps");
  await expect(page.getByRole("figure", { name: "command that creates an app" })).toContainText("/api/agent-apps");
  await page.getByRole("button", { name: "Create app" }).first().click();
  const form = page.getByRole("dialog", { name: "Create an agent app" });
  await form.getByRole("textbox", { name: "Name" }).fill("Support desk");
  await form.getByRole("button", { name: "Create app" }).click();
  await expect(page).toHaveURL(/\/dashboard\/apps\/[0-9a-f-]{36}\/packages$/);

  const secret = await addWebhook(page, receiver.url);
  await page.getByRole("button", { name: "Send a test event" }).click();
  const deliveries = page.getByRole("table", { name: "Deliveries" });
  await expect(deliveries.getByRole("row", { name: /webhook\.test.*Delivered.*204/ })).toBeVisible();

  await page.getByRole("link", { name: "Packages" }).click();
  await expect(page.getByText("Drop an .apkg here")).toBeVisible();
  await dropFile(page, "Upload a package", await packSample("support-reply"));
  const upload = page.getByRole("dialog", { name: "Upload a package" });
  await expect(upload).toContainText("Drafts an answer to a customer's message");
  await expect(upload.getByLabel("Version")).toHaveValue("1.0.0");
  await expect(upload).toContainText("costs 1 credit, one for each begun MB");
  await upload.getByRole("button", { name: "Upload and deploy for 1 credit" }).click();

  await expect(page).toHaveURL(/\/deployments\/[0-9a-f-]{36}$/);
  const steps = page.getByRole("list", { name: "Steps" }).getByRole("listitem");
  await expect(steps).toHaveCount(5);
  for (const [index, name] of stepNames.entries()) await expect(steps.nth(index)).toContainText(`${name}, completed`);
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
  await expect(page.getByText("1 credit used")).toBeVisible();
  await steps.nth(4).getByRole("button").click();
  await expect(page.getByRole("region", { name: "Log of “Make it live”" })).toContainText("Version 1.0.0 is live.");

  await page.getByRole("link", { name: "Call the app" }).click();
  await page.getByLabel("Customer's message").fill("I was charged twice this month.");
  await page.getByRole("combobox", { name: "Tone" }).click();
  await page.getByRole("option", { name: "formal" }).click();
  await expect(page.getByRole("figure", { name: "curl example" })).toContainText('"tone": "formal"');
  await page.getByRole("button", { name: "Call", exact: true }).click();
  const answer = page.getByRole("region", { name: "Answer" });
  await expect(answer.getByRole("listitem").filter({ hasText: "Wrote with" }).first()).toBeVisible();
  await expect(answer).toContainText("1.0.0, 10 credits");
  await expect(answer).toContainText("Simulated answer.");
  await expect(page.getByRole("table", { name: "Newest calls" }).getByRole("row")).toHaveCount(2);

  const verifier = new Webhook(secret);
  const verified = receiver.received.map(({ body, headers }) =>
    verifier.verify(body, headers as Record<string, string>),
  );
  expect(verified).toHaveLength(4);
  const named = receiver.received.map(({ headers }) => headers["x-webhook-event"]);
  expect(named.toSorted()).toEqual(["deployment.completed", "deployment.queued", "deployment.started", "webhook.test"]);
  const completed = JSON.parse(receiver.received.find(({ body }) => body.includes("completed"))?.body ?? "{}");
  expect(completed).toMatchObject({ event: "deployment.completed", data: { version: "1.0.0", status: "completed" } });
  await receiver.close();

  await page.getByRole("link", { name: "Agent apps" }).first().click();
  const card = page.getByRole("listitem").filter({ hasText: "Support desk" });
  await expect(card).toContainText("Live version");
  await expect(card).toContainText("Completed");
  await open(page, "/dashboard");
  for (const title of ["Create an agent app", "Upload a package", "Deploy it"]) {
    await expect(page.getByRole("listitem").filter({ hasText: title }).getByLabel("Done")).toBeVisible();
  }
});

test("C17, C18, C22: an app's versions are rolled back and deleted; the app goes once its name was typed", async ({
  owner: { page },
}) => {
  const sample = await packSample("support-reply");
  const appId = await createApp(page, "Two versions");
  await deploySample(page, appId, sample);
  await open(page, `/dashboard/apps/${appId}/packages`);
  const table = page.getByRole("table", { name: "Packages" });
  await expect(table.getByRole("row", { name: /1\.0\.0.*Live/ })).toContainText("Unsigned");
  await table.getByRole("button", { name: "Deploy again 1.0.0" }).click();
  await page.getByRole("button", { name: "Deploy for free" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible();
  await expect(page.getByText("Free: it was live before")).toBeVisible();

  await page.getByRole("link", { name: "Deployments" }).click();
  const deployments = page.getByRole("table", { name: "Deployments" });
  await expect(deployments.getByRole("row")).toHaveCount(3);
  await page.getByRole("link", { name: "Failed" }).click();
  await expect(page).toHaveURL(/\?status=failed$/);
  await expect(page.getByText("No deployment is in this state")).toBeVisible();

  await page.getByRole("link", { name: "Settings" }).last().click();
  await page.getByRole("textbox", { name: "Name" }).fill("Renamed");
  await page.keyboard.press("Control+S");
  await expect(page.getByRole("heading", { level: 1, name: "Renamed" })).toBeVisible();
  await page.getByRole("button", { name: "Create secret" }).click();
  const secret = page.getByRole("dialog", { name: "Save the signing secret" });
  await secret.getByRole("button", { name: "Show" }).click();
  await expect(secret).toContainText("pkgsig_");
  await page.keyboard.press("Escape");
  await expect(secret).toBeVisible();
  await secret.getByRole("checkbox", { name: "I saved it" }).check();
  await secret.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("Set", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete app" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete “Renamed”" });
  await expect(dialog.getByRole("button", { name: "Delete app" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("Renamed");
  await dialog.getByRole("button", { name: "Delete app" }).click();
  await expect(page).toHaveURL("/dashboard/apps");
  await expect(page.getByText("No apps yet")).toBeVisible();
  const gone = await page.request.get(`/dashboard/apps/${appId}`);
  expect(await gone.text()).toContain("There is nothing at this address");
});

test("the filter of the apps is in the address and can be cleared; Shift+N makes one", async ({ owner: { page } }) => {
  for (const name of ["Invoices", "Support"]) await createApp(page, name);
  await open(page, "/dashboard");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page.getByRole("heading", { level: 1, name: "Agent apps" })).toBeVisible();
  await page.keyboard.press("Shift+F");
  await page.keyboard.type("inv");
  await expect(page).toHaveURL("/dashboard/apps?q=inv");
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Invoices"]);
  await page.getByRole("searchbox").fill("nothing");
  await page.getByRole("link", { name: "Clear the filter" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Support", "Invoices"]);
  await page.keyboard.press("Shift+N");
  await expect(page.getByRole("dialog", { name: "Create an agent app" })).toBeVisible();
});

/** Adds a web hook in the browser and answers with its secret. */
async function addWebhook(page: Page, url: string): Promise<string> {
  await page.getByRole("link", { name: "Web hooks" }).click();
  await page.getByRole("button", { name: "Add web hook" }).click();
  const form = page.getByRole("dialog", { name: "Add a web hook" });
  await form.getByLabel("Address").fill(url);
  await form.getByRole("button", { name: "Add web hook" }).click();
  const dialog = page.getByRole("dialog", { name: "Save the secret of the web hook" });
  await dialog.getByRole("button", { name: "Show" }).click();
  const text = await dialog.getByRole("figure", { name: "secret" }).textContent();
  const secret = /whsec_[A-Za-z0-9+/=]+/.exec(text ?? "")?.[0];
  if (!secret) throw new Error("The dialog shows no secret.");
  await dialog.getByRole("checkbox", { name: "I saved it" }).check();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { name: url })).toBeVisible();
  return secret;
}
