import { createApp } from "./support/apps";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

test("C19, C20: everything that is wrong with a package is said at once, and nothing is charged", async ({
  owner: { page },
}) => {
  const appId = await createApp(page, "Broken");
  await open(page, `/dashboard/apps/${appId}/packages`);
  const file = page.getByLabel("Package file");
  await file.setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no") });
  await expect(page.getByText("“notes.txt” is no package")).toBeVisible();

  await file.setInputFiles({
    name: "bad.apkg",
    mimeType: "application/zip",
    buffer: Buffer.from("This is no archive."),
  });
  const upload = page.getByRole("dialog", { name: "Upload a package" });
  await expect(upload).toContainText("Its manifest cannot be shown here");
  await upload.getByLabel("Version").fill("one");
  await upload.getByRole("button", { name: /^Upload and deploy/ }).click();
  const failures = upload.getByRole("list", { name: "Failures" }).getByRole("listitem");
  await expect(failures.filter({ hasText: "Invalid APKG format" })).toHaveCount(1);
  await expect(failures.filter({ hasText: "Invalid version" })).toHaveCount(1);

  await page.keyboard.press("Escape");
  await expect(upload).toBeHidden();
  await expect(page.getByText("Or from a terminal")).toBeVisible();
  expect((await (await page.request.get("/api/credits/balance")).json()).credits).toBe(25);
});

test("an upload tells how far it is and can be cancelled", async ({ owner: { page } }) => {
  const appId = await createApp(page, "Large");
  await open(page, `/dashboard/apps/${appId}/packages`);
  const network = await page.context().newCDPSession(page);
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 400_000 };
  await network.send("Network.emulateNetworkConditions", slow);
  const buffer = Buffer.alloc(3 * 1024 * 1024, "x");
  await page.getByLabel("Package file").setInputFiles({ name: "large.apkg", mimeType: "application/zip", buffer });
  const upload = page.getByRole("dialog", { name: "Upload a package" });
  await expect(upload.getByRole("button", { name: "Upload and deploy for 3 credits" })).toBeVisible();
  await upload.getByRole("button", { name: "Upload only, free" }).click();
  await expect(upload.getByText(/^[1-9]\d? %$/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(upload).toBeVisible();
  await upload.getByRole("button", { name: "Cancel the upload" }).click();
  await expect(upload.getByRole("button", { name: "Upload only, free" })).toBeEnabled();
  await expect(upload.getByRole("progressbar")).toBeHidden();
  const { packages } = await (await page.request.get(`/api/agent-apps/${appId}/packages`)).json();
  expect(packages).toEqual([]);
});
