import type { Page } from "@playwright/test";
import { makeKey, open } from "./support/steps";
import { expect, test } from "./support/test";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** Spawns agents as a program would, with the page's login. Answers their ids, the first to be worked on first. */
async function spawnMany(page: Page, count: number): Promise<string[]> {
  const agents = Array.from({ length: count }, (_, index) => ({ task: `Count to ${index + 1}.`, model: "k2p5" }));
  const answer = await page.request.post("/api/spawn-batch", { data: { agents } });
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()).agents.map(({ agent_id }: { agent_id: string }) => agent_id);
}

test("A19: an agent is spawned with its estimate in sight, watched, and shows its result and cost", async ({
  owner: { page },
}) => {
  await open(page, "/dashboard/agents");
  await expect(page.getByRole("heading", { name: "No agents yet" })).toBeVisible();
  const form = page.getByRole("dialog", { name: "Spawn an agent" });
  await page.keyboard.press("Shift+N");
  await form.getByRole("textbox", { name: "Task" }).fill("Name three rivers.");
  await form.getByRole("combobox", { name: "Model" }).click();
  await page.getByRole("option", { name: /^opus/ }).click();
  // Dear work is agreed to first; cheaper work is not asked about.
  await expect(form.getByRole("button", { name: "Spawn for up to $0.7501" })).toBeDisabled();
  await form.getByRole("checkbox", { name: /^Yes, spend up to \$0\.7501/ }).check();
  await expect(form.getByRole("button", { name: "Spawn for up to $0.7501" })).toBeEnabled();
  await form.getByRole("combobox", { name: "Model" }).click();
  await page.getByRole("option", { name: /^k2p5/ }).click();
  await expect(form.getByRole("checkbox", { name: /^Yes, spend/ })).toBeHidden();
  await expect(form).toContainText("$50.00 of today's $50.00 is free");
  await form.getByRole("button", { name: "Spawn for up to $0.05" }).click();

  await expect(page).toHaveURL(/\/dashboard\/agents\/subagent_\d+_\d{4}$/);
  await expect(heading(page, "Name three rivers.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Completed" })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("Simulated answer.", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("list", { name: "Steps" }).locator("> li")).toHaveCount(1);
  await expect(page.getByRole("region", { name: "Cost against estimate" })).toContainText(
    /\$0\.03.*of \$0\.05 estimated/,
  );
  await page.getByRole("main").getByRole("link", { name: "Agents", exact: true }).click();
  await expect(page.getByRole("table", { name: "Agents" }).getByRole("row")).toHaveCount(2);
});

test("A26: an agent is cancelled with its refund, and all others are stopped at once", async ({ owner: { page } }) => {
  const ids = await spawnMany(page, 20);
  const last = ids.at(-1);
  await open(page, `/dashboard/agents/${last}`);
  await page.getByRole("button", { name: "Cancel agent" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this agent" });
  await expect(dialog).toContainText("about $0.05 comes back");
  await dialog.getByRole("button", { name: "Cancel agent" }).click();
  await expect(page.getByText("The agent is cancelled. $0.05 is free again.")).toBeVisible();
  await expect(page.getByText("The agent was cancelled. There is no result.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Cancel agent" })).toBeHidden();

  await open(page, "/dashboard/agents");
  // A second lot is there to be stopped, however fast the first was worked off.
  await spawnMany(page, 5);
  await page.getByRole("button", { name: "Stop all" }).click();
  const stop = page.getByRole("dialog", { name: "Stop all agents" });
  await stop.getByRole("textbox").fill("stop all");
  await stop.getByRole("button", { name: "Stop all" }).click();
  await expect(page.getByText(/agents? cancelled, \$[\d.]+ is free again\./)).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop all" })).toBeHidden();
});

test("A21: filters of the agents stand in the address, show as chips, and sort", async ({ owner: { page } }) => {
  await spawnMany(page, 3);
  await open(page, "/dashboard/agents?model=opus");
  await expect(page.getByRole("heading", { name: "No agent matches" })).toBeVisible();
  await page.getByRole("link", { name: "Remove the filter Model: opus" }).click();
  await expect(page).toHaveURL("/dashboard/agents");
  const table = page.getByRole("table", { name: "Agents" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await page.getByRole("searchbox").fill("count to 2");
  await expect(page).toHaveURL("/dashboard/agents?text=count+to+2");
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.keyboard.press("Escape");
  await expect(table.getByRole("row")).toHaveCount(4);
  await table.getByRole("link", { name: "Cost" }).click();
  await expect(page).toHaveURL("/dashboard/agents?sort=-cost");
  await expect(table.getByRole("columnheader", { name: "Cost" })).toHaveAttribute("aria-sort", "descending");
});

test("L4: a team is created, changed, spawned and deleted; built-in ones cannot be changed", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/teams");
  const form = page.getByRole("dialog", { name: "Create a team" });
  await page.keyboard.press("Shift+N");
  await form.getByLabel("Id").fill("team_support");
  await form.getByLabel("Name").fill("Support");
  await form.getByRole("button", { name: "Add member" }).click();
  await form.getByRole("button", { name: "Create team" }).click();
  await expect(page.getByText("Support is created.")).toBeVisible();

  await page.getByRole("button", { name: "Actions for Support" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  const edit = page.getByRole("dialog", { name: "Edit Support" });
  await edit.getByLabel("Name").fill("Support desk");
  await edit.getByRole("button", { name: "Save team" }).click();
  await expect(page.getByRole("heading", { name: "Support desk" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions for Coding team" })).toBeHidden();

  await page.getByRole("button", { name: "Spawn Coding team" }).click();
  const spawn = page.getByRole("dialog", { name: "Spawn Coding team" });
  await spawn.getByRole("textbox", { name: "Task" }).fill("Write a parser.");
  await spawn.getByRole("button", { name: "Spawn for up to $0.20" }).click();
  await expect(page).toHaveURL(/\/dashboard\/agents\/subagent_/);
  await expect(page.getByText("team_coding")).toBeVisible();

  await open(page, "/dashboard/teams");
  await page.getByRole("button", { name: "Actions for Support desk" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const removal = page.getByRole("dialog", { name: "Delete Support desk" });
  await removal.getByRole("textbox").fill("team_support");
  await removal.getByRole("button", { name: "Delete team" }).click();
  await expect(page.getByRole("heading", { name: "No teams of your own yet" })).toBeVisible();
});

test("+A3: the day's budget and a team's budget are changed and hold at once", async ({ owner: { page } }) => {
  await open(page, "/dashboard/budget");
  await page.getByLabel("Daily budget ($)").fill("0.01");
  await page.keyboard.press("Control+S");
  await expect(page.getByText("The settings are saved.")).toBeVisible();
  await expect(page.getByText("of $0.01 spent")).toBeVisible();
  await page.getByRole("button", { name: "Set a budget" }).click();
  const form = page.getByRole("dialog", { name: "Set a budget" });
  await form.getByLabel("Dollars a day").fill("2");
  await form.getByRole("button", { name: "Set budget" }).click();
  await expect(page.getByRole("table", { name: "Budgets of keys and teams" }).getByRole("row")).toHaveCount(2);

  await open(page, "/dashboard/agents?create=1");
  const spawn = page.getByRole("dialog", { name: "Spawn an agent" });
  await expect(spawn.getByText("Today's budget does not cover it.")).toBeVisible();
  await expect(spawn.getByRole("button", { name: /^Spawn for/ })).toBeDisabled();
});

test("A29: a list that locks the reader out is asked about, holds for keys, can be undone, and is in the audit log", async ({
  owner: { page },
}) => {
  const key = await makeKey(page, "Nightly report");
  await open(page, "/dashboard/security");
  const callWithKey = async () =>
    (await fetch(new URL("/api/agents", page.url()), { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await callWithKey()).toBe(200);
  await expect(page.getByText(/Your address is (127\.0\.0\.1|::1)/)).toBeVisible();
  const field = page.getByLabel("Address or CIDR range");
  await field.fill("203.0.113.0/33");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("must be an IPv4 or IPv6 address or a CIDR range").first()).toBeVisible();
  await field.fill("203.0.113.0/24");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("list", { name: "Allowed addresses" })).toContainText("203.0.113.0/24");
  await page.getByRole("switch", { name: /^Refuse keys from elsewhere/ }).click();
  await page.getByLabel("Test an address").fill("203.0.113.77");
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/In the list.*would be let in, once this is saved\./)).toBeVisible();

  await page.getByRole("button", { name: "Save", exact: true }).click();
  const guard = page.getByRole("dialog", { name: "Your own address is not in the list" });
  await expect(guard.getByRole("button", { name: "Save and lock out" })).toBeDisabled();
  expect(await callWithKey()).toBe(200);
  await guard.getByRole("textbox").fill("lock me out");
  await guard.getByRole("button", { name: "Save and lock out" }).click();
  await expect(page.getByText("The list is saved. It holds at once.")).toBeVisible();
  await expect.poll(callWithKey).toBe(403);

  await page.getByRole("button", { name: "Add my address" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(callWithKey).toBe(200);

  await open(page, "/dashboard/security/audit?event=config.change&text=203.0.113.0");
  const log = page.getByRole("table", { name: "Audit log" });
  await expect(log.getByRole("row")).toHaveCount(3);
  await log
    .getByRole("button", { name: /show entry/ })
    .first()
    .click();
  const entry = page.getByRole("dialog", { name: "config.change" });
  await expect(entry).toContainText("203.0.113.0/24");
  await expect(entry).toContainText(/Address(127\.0\.0\.1|::1)/);
  await page.keyboard.press("Escape");
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: /^CSV/ }).click();
  const text = await (await file).createReadStream().then((stream) => stream.toArray());
  const lines = Buffer.concat(text).toString().trim().split("\r\n");
  expect(lines).toHaveLength(3);
});

test("A31, +A5: an address is blocked and let in again; an agent's data is deleted", async ({ owner: { page } }) => {
  await open(page, "/dashboard/security");
  await page.getByRole("button", { name: "Block an address" }).click();
  const form = page.getByRole("dialog", { name: "Block an address" });
  await form.getByLabel("Address").fill("198.51.100.7");
  await form.getByRole("button", { name: "Block address" }).click();
  await expect(page.getByRole("table", { name: "Blocked addresses" })).toContainText("198.51.100.7");
  await page.getByRole("button", { name: "Unblock 198.51.100.7" }).click();
  await expect(page.getByText("No address is blocked.")).toBeVisible();

  const [agentId = ""] = await spawnMany(page, 1);
  const status = async () => (await (await page.request.get(`/api/agent/${agentId}`)).json()).status;
  await expect.poll(status, { timeout: 30_000 }).toBe("completed");
  await open(page, "/dashboard/privacy");
  await page.getByLabel("Agent id").fill(agentId);
  await page.getByRole("button", { name: "Delete data" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this agent's data" });
  await dialog.getByRole("textbox").fill(agentId);
  await dialog.getByRole("button", { name: "Delete for ever" }).click();
  await expect(page.getByText("Deleted: 1 task, 1 step.")).toBeVisible();
  expect((await (await page.request.get(`/api/agent/${agentId}`)).json()).result).toBeNull();
});

test("a member may spawn, but neither change teams and budgets nor open security and privacy", async ({
  member: { page },
}) => {
  for (const path of ["security", "security/audit", "security/signing", "privacy"]) {
    await open(page, `/dashboard/${path}`);
    await expect(page.getByRole("heading", { name: "Only owners and admins can open this page" })).toBeVisible();
  }
  await open(page, "/dashboard/teams");
  await expect(page.getByText("Only owners and admins can create and change teams.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create team" })).toBeHidden();
  await open(page, "/dashboard/budget");
  await expect(page.getByText("Only owners and admins can change budgets, limits and alerts.")).toBeVisible();
  await open(page, "/dashboard/agents");
  await expect(page.getByRole("button", { name: "Spawn agent" }).first()).toBeVisible();
});
