import { expect, test } from "vitest";
import { getAppCard, listAppCards } from "#lib/apps/cards";
import { createApp } from "#lib/apps/service";
import { getDeploymentCredits, listHistory } from "#lib/deployments/history";
import { getOnboarding } from "#lib/overview/service";
import { deployed } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";

const page = { limit: 10, offset: 0 };

test("an app's card tells what answers, what became of its newest deployment, and the overview ticks its steps", async () => {
  const { ctx, apiKey } = await createOrganization();
  expect(await getOnboarding(ctx)).toMatchObject({ hasApp: false, hasPackage: false, hasDeployment: false });
  const id = await deployed(apiKey);
  expect(await getAppCard(ctx, id)).toMatchObject({
    version: "1.0.0",
    packages: 1,
    invocations: 0,
    deployment: { status: "completed", version: "1.0.0", created_at: expect.stringMatching(/^\d{4}-.*Z$/) },
  });
  expect(await getOnboarding(ctx)).toMatchObject({ hasApp: true, hasPackage: true, hasDeployment: true });
});

test("apps are found by a part of their name, newest first; a wildcard is a letter like any other", async () => {
  const { ctx } = await createOrganization();
  for (const name of ["Invoices", "Support 100%"]) await createApp(ctx, { name });
  const names = async (text: string) => (await listAppCards(ctx, text, page)).map(({ name }) => name);
  expect(await names("")).toEqual(["Support 100%", "Invoices"]);
  expect(await names("INV")).toEqual(["Invoices"]);
  expect(await names("%")).toEqual(["Support 100%"]);
});

test("C31: the history names who asked and what the ledger moved; another organization sees none of it", async () => {
  const { ctx, apiKey } = await createOrganization();
  const id = await deployed(apiKey);
  const [row] = await listHistory(ctx, id, { ...page, status: "completed" });
  expect(row).toMatchObject({ version: "1.0.0", isCurrent: true, keyName: "Test key", costCredits: 1 });
  expect(await listHistory(ctx, id, { ...page, status: "failed" })).toEqual([]);
  expect(await getDeploymentCredits(ctx, row?.id ?? "")).toEqual({ charged: 1, refunded: null });

  const other = await createOrganization();
  expect(await listAppCards(other.ctx, "", page)).toEqual([]);
  expect(await listHistory(other.ctx, id, { ...page, status: null })).toEqual([]);
  await expect(getAppCard(other.ctx, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(getDeploymentCredits(other.ctx, row?.id ?? "")).rejects.toMatchObject({ code: "not_found" });
});
