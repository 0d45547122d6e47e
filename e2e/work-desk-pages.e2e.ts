import type { Page } from "@playwright/test";
import { inspect } from "./support/inspect";
import { open } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";
import { callDesk, createDesk, talkOf } from "./support/work-desk";

const emptyPages = [
  { name: "projects", path: "/dashboard/projects", heading: "Projects" },
  { name: "accounts", path: "/dashboard/accounts", heading: "Accounts" },
  { name: "handoff", path: "/dashboard/handoff", heading: "Hand-over" },
  { name: "knowledge", path: "/dashboard/knowledge", heading: "Knowledge" },
];

const busyPages = [
  ...emptyPages,
  { name: "projects-filtered", path: "/dashboard/projects?status=paused&q=none", heading: "Projects" },
  { name: "project", path: "/dashboard/projects/1", heading: "Web shop" },
  { name: "work-session", path: "/dashboard/projects/1/sessions/3", heading: "Session 3" },
  { name: "work-session-ended", path: "/dashboard/projects/1/sessions/1", heading: "Session 1" },
  {
    name: "accounts-filtered",
    path: "/dashboard/accounts?status=available&sort=credits&for=front",
    heading: "Accounts",
  },
  { name: "handoff-details", path: "/dashboard/handoff/2", heading: "Briefing 2" },
  { name: "knowledge-found", path: "/dashboard/knowledge?q=handoff&category=pattern", heading: "Knowledge" },
];

test("a new organization's work desk is accessible, fits the screen and raises no complaint", async ({ owner }) => {
  for (const { name, path, heading } of emptyPages) {
    await open(owner.page, path);
    await expect(owner.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(owner.page, `${name}-new`);
  }
});

test("a busy work desk is accessible, fits the screen and raises no complaint", async ({ page }) => {
  test.setTimeout(120_000);
  await furnish(page);
  for (const { name, path, heading } of busyPages) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    for (const summary of await page.locator("main summary").all()) await summary.click();
    await inspect(page, name);
  }
});

test("what opens above the work desk is accessible and fits the screen", async ({ page }) => {
  test.setTimeout(120_000);
  await furnish(page);
  await open(page, "/dashboard/accounts?create=1");
  await expect(page.getByRole("dialog", { name: "Add an account" })).toBeVisible();
  await inspect(page, "dialog-account");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Import CSV" }).click();
  await page.getByLabel(/^Paste CSV/).fill("name,platform\nOne,claude\nTwo,myspace");
  await expect(page.getByText("Unknown platform")).toBeVisible();
  await inspect(page, "dialog-import-accounts");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Rotate Primary" }).click();
  await expect(page.getByText(/^Next would be/)).toBeVisible();
  await inspect(page, "dialog-rotate");
  await open(page, "/dashboard/projects/1");
  await page.getByRole("button", { name: "Start session" }).click();
  await expect(page.getByLabel(/^Objectives/)).toBeVisible();
  await inspect(page, "dialog-start-session");
  await open(page, "/dashboard/knowledge?create=1");
  await expect(page.getByRole("dialog", { name: "Add to the knowledge base" })).toBeVisible();
  await inspect(page, "dialog-knowledge");
  await open(page, "/dashboard/handoff?project=1");
  await page.getByRole("textbox", { name: "Context" }).fill(talkOf(60));
  await page.getByRole("button", { name: "Write briefing" }).click();
  await expect(page.getByRole("button", { name: "Copy briefing" })).toBeVisible();
  await inspect(page, "handoff-written");
});

/** Projects in every status, accounts in every state with long names, sessions, files and hand-overs. */
async function furnish(page: Page): Promise<void> {
  await signUp(page, { ...newAccount("augusta-ada"), organization: "The Analytical Engine Company" });
  const { projectId } = await createDesk(page, { accounts: ["Primary", "Backup", "N".repeat(100), "Blocked"] });
  for (const [index, status] of ["paused", "completed", "archived"].entries()) {
    const { id } = await callDesk(page, "projects", { name: "P".repeat(200 - index), description: "D".repeat(300) });
    await callDesk(page, `projects/${id}`, { status }, "PATCH");
  }
  const account = (id: number, change: object) => callDesk(page, `accounts/${id}`, change, "PATCH");
  await account(3, {
    credits_available: 20,
    account_email: `${"e".repeat(60)}@example.com`,
    specialization: "frontend",
  });
  await account(4, { status: "blocked", resets_at: "2099-01-01 00:00:00" });
  for (const number of [1, 2]) {
    const objectives = `Handoff of step ${number} without losing context`;
    const { id } = await callDesk(page, "sessions", { project_id: projectId, account_id: number, objectives });
    const log = { accomplishments: "A".repeat(400), blockers: "No tax rates yet" };
    await callDesk(page, `sessions/${id}`, log, "PATCH");
    const handedOver = { project_id: projectId, context: talkOf(40 + number), credits_used: 80 + number };
    await callDesk(page, "handoff/compress", { ...handedOver, knowledge_ids: [1, 2] });
  }
  await account(2, { credits_available: 100 });
  await callDesk(page, "private/auto-rotate", { project_id: projectId, current_account_id: 1 });
  await callDesk(page, "sessions", { project_id: projectId, account_id: 2, objectives: "Credits and handoff" });
  await callDesk(page, `projects/${projectId}/files`, {
    file_path: `src/${"long/".repeat(60)}a.ts`,
    importance: "critical",
  });
}
