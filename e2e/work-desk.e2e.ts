import { readFile } from "node:fs/promises";
import { open, reopen } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";
import { callDesk, createDesk, talkOf } from "./support/work-desk";

test("create a project, start a session, compress, rotate, and the new session shows the briefing", async ({
  owner,
}) => {
  const { page } = owner;
  await callDesk(page, "private/batch-create-accounts", {
    accounts: [{ account_name: "Primary" }, { account_name: "Backup", specialization: "tests" }],
  });
  await open(page, "/dashboard/projects");
  await expect(page.getByRole("heading", { name: "No projects yet" })).toBeVisible();
  const create = page.getByRole("dialog", { name: "Create a project" });
  await page.keyboard.press("Shift+N");
  await create.getByLabel("Name").fill("Web shop");
  await create.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Web shop" })).toBeVisible();

  await page.getByRole("button", { name: "Start the first session" }).click();
  const start = page.getByRole("dialog", { name: "Start a session" });
  await expect(start.getByText(/Primary is the best now/)).toBeVisible();
  await start.getByLabel(/^Objectives/).fill("Handoff without losing context");
  await start.getByRole("button", { name: "Start session" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Session 1" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Zero-Loss Handoff Protocol" })).toBeVisible();

  await page.getByLabel("Accomplishments").fill("The basket adds up");
  await page.getByLabel("Blockers").fill("No tax rates yet");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The log is saved.")).toBeVisible();
  await page.getByRole("link", { name: "Hand over…" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Hand-over" })).toBeVisible();
  await page.getByRole("textbox", { name: "Context" }).fill(talkOf(40));
  await expect(page.getByText(/^40 lines, about \d+ tokens$/)).toBeVisible();
  await page.getByLabel(/^Credits used/).fill("88");
  await page.getByRole("button", { name: "Write briefing" }).click();
  const briefing = page.getByLabel("Briefing", { exact: true }).and(page.getByRole("textbox"));
  await expect(briefing).toHaveValue(
    /# 🔄 CONTEXT HANDOFF - Web shop[\s\S]*Line 15 of[\s\S]*The basket adds up[\s\S]*No tax rates yet/,
  );
  await expect(briefing).not.toHaveValue(/Line 16 of/);
  await expect(page.getByText(/^\d+ % less$/).first()).toBeVisible();

  await page.getByRole("button", { name: "Rotate Primary…" }).click();
  const rotate = page.getByRole("dialog", { name: /Primary/ });
  await expect(rotate.getByText("Next would be Backup, 100 credits")).toBeVisible();
  await rotate.getByRole("button", { name: "Rotate now" }).click();
  await expect(rotate.getByText("Next is Backup, 100 credits")).toBeVisible();
  await rotate.getByRole("button", { name: "Start its session…" }).click();
  await page.getByRole("dialog", { name: "Start a session" }).getByRole("button", { name: "Start session" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Session 2" })).toBeVisible();
  await expect(page.getByText(/Development with/)).toContainText("Backup");
  await expect(page.getByRole("tabpanel")).toContainText("CONTEXT HANDOFF - Web shop");
  await expect(page.getByRole("tabpanel")).toContainText("The basket adds up");
  await page.getByRole("tab", { name: "Rotation" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("AUTO-ROTATION HANDOFF - Web shop");

  const { data } = await (await page.request.get("/api/accounts")).json();
  expect(
    data.map((one: { account_name: string; status: string; credits_available: number }) => [
      one.account_name,
      one.status,
      one.credits_available,
    ]),
  ).toEqual([
    ["Backup", "active", 100],
    ["Primary", "exhausted", 12],
  ]);
});

test("a session is finished with its credits, and the project's figures and timeline follow", async ({
  owner: { page },
}) => {
  const { projectId } = await createDesk(page);
  await callDesk(page, "sessions", { project_id: projectId, account_id: 1 });
  await open(page, `/dashboard/projects/${projectId}/sessions/1`);
  await page.getByRole("button", { name: "Finish session…" }).click();
  const finish = page.getByRole("dialog", { name: "Finish the session" });
  await finish.getByLabel("Credits used").fill("90");
  await finish.getByRole("button", { name: "Finish session" }).click();
  await expect(finish).toBeHidden();
  await expect(page.getByText("Completed", { exact: true })).toBeVisible();
  await open(page, `/dashboard/projects/${projectId}`);
  await expect(page.getByText("Optimal", { exact: true })).toBeVisible();
  await expect(page.getByRole("list", { name: "Recommendations" })).toContainText("Excellent! Keep this pattern.");
  await expect(page.getByRole("img", { name: /^Credits per session/ })).toBeVisible();
  await page.getByText("Show the figures as a table").click();
  await expect(page.getByRole("table", { name: "Credits and minutes per session" })).toContainText("90");
  await expect(page.getByRole("list", { name: "Timeline of sessions" })).toContainText("Session 1");
  await page.getByLabel("Path").fill("src/basket.ts");
  await page.getByRole("button", { name: "Add file" }).click();
  await expect(page.getByRole("table", { name: "Files" })).toContainText("src/basket.ts");
});

test("P15: a project is exported as a file and imported again, with its sessions", async ({ owner: { page } }) => {
  const { projectId } = await createDesk(page, { project: "Barber SaaS" });
  await callDesk(page, "sessions", { project_id: projectId, account_id: 1, objectives: "Book a cut" });
  await open(page, `/dashboard/projects/${projectId}`);
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("barber-saas.json");
  const content = await readFile(await saved.path(), "utf8");
  expect(JSON.parse(content)).toMatchObject({
    success: true,
    data: { project: { id: projectId }, sessions: [{ session_number: 1 }] },
  });

  await open(page, "/dashboard/projects");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a project" });
  const file = (text: string) => ({ name: "project.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await dialog.getByLabel(/^Exported file/).setInputFiles(file("[1]"));
  await dialog.getByRole("button", { name: "Import project" }).click();
  await expect(dialog.getByText(/This is no exported project/)).toBeVisible();
  await dialog.getByLabel(/^Exported file/).setInputFiles(file(content));
  await dialog.getByRole("button", { name: "Import project" }).click();
  await expect(page).toHaveURL(`/dashboard/projects/${projectId + 1}`);
  await expect(page.getByRole("list", { name: "Timeline of sessions" })).toContainText("Book a cut");
});

test("P14: accounts are pasted, each row says what becomes of it, and nothing is added before all are right", async ({
  owner: { page },
}) => {
  await createDesk(page, { accounts: ["Taken"] });
  await open(page, "/dashboard/accounts");
  await page.getByRole("button", { name: "Import CSV" }).click();
  const dialog = page.getByRole("dialog", { name: "Import accounts" });
  const text = dialog.getByLabel(/^Paste CSV/);
  const rows = dialog.getByRole("table", { name: "Accounts to import" });
  await text.fill("name,platform,e-mail\nOne,claude,\nTwo,myspace,");
  await expect(rows.getByRole("row", { name: /Two/ })).toContainText("Unknown platform “myspace”");
  await expect(dialog.getByRole("button", { name: "Import 2 accounts" })).toBeDisabled();
  await text.fill("name,platform,e-mail\nOne,claude,\nTwo,gemini,nobody");
  await dialog.getByRole("button", { name: "Import 2 accounts" }).click();
  await expect(rows.getByRole("row", { name: /Two/ })).toContainText("account_email must be a valid e-mail address");
  await text.fill("One\nTaken");
  await dialog.getByRole("button", { name: "Import 2 accounts" }).click();
  await expect(dialog.getByRole("alert")).toContainText('"Taken" already exists');
  await text.fill("One\nTwo");
  await dialog.getByRole("button", { name: "Import 2 accounts" }).click();
  await expect(rows.getByText("Added as 2")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("table", { name: "Accounts" }).getByRole("row")).toHaveCount(4);
});

test("an account's credential is written once and never shown, and its filters are in the address", async ({
  owner: { page },
}) => {
  await createDesk(page);
  await open(page, "/dashboard/accounts");
  await page.getByRole("button", { name: "Actions for Primary" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the account" });
  await dialog.getByLabel("API key").fill("sk-secret-of-ada-4321");
  await dialog.getByRole("combobox", { name: "Provider" }).click();
  await page.getByRole("option", { name: "OpenAI", exact: true }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("row", { name: /Primary/ })).toContainText("••••4321");
  await reopen(page);
  expect(await page.content()).not.toContain("sk-secret-of-ada");

  await page.getByRole("button", { name: "Actions for Backup" }).click();
  await page.getByRole("menuitem", { name: "Block", exact: true }).click();
  await expect(page.getByRole("row", { name: /Backup/ })).toContainText("Blocked");
  await page
    .getByRole("list", { name: "Status" })
    .getByRole("link", { name: /Blocked/ })
    .click();
  await expect(page).toHaveURL("/dashboard/accounts?status=blocked");
  await expect(page.getByRole("table", { name: "Accounts" }).getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Remove the filter Status: Blocked" }).click();
  await expect(page.getByRole("table", { name: "Accounts" }).getByRole("row")).toHaveCount(3);
  await page.getByText("Why this account").click();
  await expect(page.getByText("1 account of 2 ready: available or in use")).toBeVisible();
});

test("knowledge is added, found while somebody types, and what worked is counted", async ({ owner: { page } }) => {
  await open(page, "/dashboard/knowledge?create=1");
  const dialog = page.getByRole("dialog", { name: "Add to the knowledge base" });
  await dialog.getByLabel("Title").fill("Quote the migration number");
  await dialog.getByRole("textbox", { name: "Description" }).fill("Name **the file**, then the table.");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await expect(dialog.locator("strong").filter({ hasText: "the file" })).toBeVisible();
  await dialog.getByLabel(/^Tags/).fill("postgres, migration");
  await dialog.getByRole("button", { name: "Add entry" }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press("Shift+F");
  await page.keyboard.type("migra");
  await expect(page).toHaveURL("/dashboard/knowledge?q=migra");
  const entries = page.getByRole("list", { name: "Entries" }).getByRole("heading");
  await expect(entries).toHaveText(["Quote the migration number"]);
  await page.getByRole("button", { name: "“Quote the migration number” worked" }).click();
  await expect(page.getByText("Used 1 time, worked in 100 %", { exact: true })).toBeVisible();
});

test("projects and hand-overs of another organization are not there", async ({ owner: { page }, stranger }) => {
  const { projectId } = await createDesk(page);
  await callDesk(page, "handoff/compress", { project_id: projectId, context: "secret" });
  await signUp(stranger, newAccount("bob"));
  await stranger.goto(`/dashboard/projects/${projectId}`);
  await expect(stranger.getByRole("heading", { name: "There is no project or session at this address" })).toBeVisible();
  await stranger.goto("/dashboard/handoff/1");
  await expect(stranger.getByRole("heading", { name: "There is no hand-over at this address" })).toBeVisible();
});
