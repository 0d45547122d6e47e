import { finishOrchestration, startOrchestration } from "./support/orchestrations";
import { open, reopen } from "./support/steps";
import { expect, newAccount, signUp, test } from "./support/test";

test("sessions are listed, found by their user, and a new organization sees how to open one", async ({ owner }) => {
  const { page } = owner;
  await open(page, "/dashboard/sessions");
  await expect(page.getByRole("heading", { name: "No sessions yet" })).toBeVisible();
  await expect(page.getByRole("figure", { name: "command that opens a session" })).toContainText("/api/sessions/");
  await finishOrchestration(page, { userId: "grace", rounds: 1 });
  await startOrchestration(page, { userId: "ada", rounds: 1, costLimit: null });
  await reopen(page);
  const table = page.getByRole("table", { name: "Sessions" });
  await expect(table.getByRole("row")).toHaveCount(3);
  await expect(table.getByRole("row", { name: /^ada / })).toContainText("no limit");
  await page.getByLabel("User label").fill("grace");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/dashboard/sessions?user=grace");
  await expect(table.getByRole("row")).toHaveCount(2);
  await page.getByRole("link", { name: "Remove the filter User: grace" }).click();
  await expect(table.getByRole("row")).toHaveCount(3);
});

test("X12: a session shows its analytics with a table behind the charts, its threads and a way to each run", async ({
  owner: { page },
}) => {
  const { sessionId, orchestrationId } = await finishOrchestration(page, { rounds: 2, prompt: "Name three rivers." });
  const analytics = await (await page.request.get(`/api/analytics/session/${sessionId}`)).json();
  await open(page, `/dashboard/sessions/${sessionId}`);
  await expect(page.getByRole("heading", { level: 1, name: "ada" })).toBeVisible();
  const figure = (label: string) =>
    page.getByRole("term").filter({ hasText: label }).locator("xpath=following-sibling::dd[1]");
  await expect(figure("Rounds")).toHaveText("2");
  await expect(figure("Tokens")).toHaveText(analytics.total_tokens.toLocaleString("en-US"));
  await expect(figure("Best score")).toHaveText(analytics.best_score.toFixed(1));
  await expect(page.getByRole("meter", { name: "Spent of the cost limit" })).toBeVisible();
  await expect(page.getByRole("img", { name: /^Tokens per model/ })).toBeVisible();
  await page.getByText("Show the models as a table").click();
  const models = page.getByRole("table", { name: "Models of the session" });
  await expect(models.getByRole("row")).toHaveCount(analytics.models_used.length + 1);

  await expect(page.getByRole("heading", { name: "Name three rivers." })).toBeVisible();
  await page.getByText("Show the best answer").click();
  await expect(page.getByText("Simulated answer.").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Events" }).getByText("orchestration_completed")).toBeVisible();
  await page.getByRole("link", { name: orchestrationId }).click();
  await expect(page).toHaveURL(/\/dashboard\/runs\/[0-9a-f-]{36}$/);
});

test("X4: a session is followed live, paused, resumed and cancelled, which stops what runs in it", async ({
  owner,
}) => {
  const { page } = owner;
  const { sessionId } = await startOrchestration(page, { rounds: 20 });
  await open(page, `/dashboard/sessions/${sessionId}`);
  const events = page.getByRole("region", { name: "Events" });
  await expect(events.getByText("evaluation_completed").nth(1)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("live", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("The session is paused.")).toBeVisible();
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(page.getByText("The session is active.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel…" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this session" });
  await dialog.getByRole("button", { name: "Cancel session" }).click();
  await expect(page.getByText("The session is cancelled.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause" })).toBeHidden();
  await expect(page.getByRole("list", { name: "Orchestrations" })).toContainText("Cancelled");
  await expect(page.getByText("live", { exact: true })).toBeHidden();
});

test("a session of another organization is not there", async ({ owner: { page }, stranger }) => {
  const { sessionId } = await startOrchestration(page, { rounds: 1 });
  await signUp(stranger, newAccount("bob"));
  await stranger.goto(`/dashboard/sessions/${sessionId}`);
  await expect(stranger.getByRole("heading", { name: "There is no session at this address" })).toBeVisible();
});
