import type { Page } from "@playwright/test";
import { inspect } from "./support/inspect";
import { open } from "./support/steps";
import { expect, test } from "./support/test";

/** These look different before anything has happened. */
const pagesOfEvents = [
  { name: "agents", path: "/dashboard/agents", heading: "Agents" },
  { name: "budget", path: "/dashboard/budget", heading: "Budget and operations" },
  { name: "security", path: "/dashboard/security", heading: "Security" },
  { name: "audit", path: "/dashboard/security/audit", heading: "Security" },
];

const pages = [
  ...pagesOfEvents,
  { name: "teams", path: "/dashboard/teams", heading: "Teams" },
  { name: "signing", path: "/dashboard/security/signing", heading: "Security" },
  { name: "privacy", path: "/dashboard/privacy", heading: "Privacy" },
];

async function inspectAll(page: Page, listed: typeof pages, nameOf: (name: string) => string): Promise<void> {
  for (const { name, path, heading } of listed) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
    await inspect(page, nameOf(name));
  }
}

test("a new organization's agency pages are accessible and fit the screen", async ({ owner: { page } }) => {
  test.setTimeout(120_000);
  await inspectAll(page, pagesOfEvents, (name) => `agency-${name}-new`);
});

test("a busy organization's agency pages are accessible and fit the screen", async ({ owner: { page } }) => {
  test.setTimeout(180_000);
  const agentId = await furnish(page);
  await inspectAll(page, pages, (name) => `agency-${name}`);
  await open(page, `/dashboard/agents/${agentId}`);
  await expect(page.getByRole("heading", { name: "Result" })).toBeVisible();
  await inspect(page, "agency-agent");
});

test("what opens above the agency pages is accessible and fits the screen", async ({ owner: { page } }) => {
  test.setTimeout(120_000);
  await furnish(page);
  const dialogs = [
    { path: "/dashboard/agents?create=1", title: "Spawn an agent", name: "spawn" },
    { path: "/dashboard/teams?create=1", title: "Create a team", name: "team" },
  ];
  for (const { path, title, name } of dialogs) {
    await open(page, path);
    await expect(page.getByRole("dialog", { name: title })).toBeVisible();
    await inspect(page, `agency-dialog-${name}`);
  }
  await open(page, "/dashboard/security");
  await page.getByRole("button", { name: "Block an address" }).click();
  await expect(page.getByRole("dialog", { name: "Block an address" })).toBeVisible();
  await inspect(page, "agency-dialog-block");
  await open(page, "/dashboard/security/audit");
  await page
    .getByRole("button", { name: /show entry/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Details" })).toBeVisible();
  await inspect(page, "agency-dialog-entry");
});

/** An organization whose agents have worked, with a team, a budget, an allow-list and a blocked address. */
async function furnish(page: Page): Promise<string> {
  const send = async (method: "post" | "put", path: string, data: object) => {
    const answer = await page.request[method](path, { data });
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  };
  await send("post", "/api/teams", {
    team: "team_support_desk_of_london_and_turin",
    name: "The Analytical Engine's own support desk for customers of London and Turin",
    models: ["k2p5", "sonnet", "opus", "k2p5"],
  });
  await send("put", "/api/orchestrator/config", {
    daily_budget: 1,
    spending_alerts: { percents: [80, 95] },
    budgets: [{ scope: "team", id: "team_coding", daily_budget: 2 }],
  });
  await send("put", "/api/security/ip-whitelist", { allowed_ips: ["203.0.113.0/24", "2001:db8::/32"] });
  await send("post", "/api/security/block-ip", { ip: "198.51.100.7", reason: "Tried many keys. ".repeat(6) });
  await send("post", "/api/spawn-team", { team: "team_coding", task: "Write a parser." });
  const privacy = { detect_pii: true, mask_pii_in_logs: true, encrypt_output: true };
  const { agent_id } = await send("post", "/api/spawn", {
    task: `Answer ada@example.com. ${"A task of many words. ".repeat(40)}`,
    model: "sonnet",
    privacy,
  });
  const status = async () => (await (await page.request.get(`/api/agent/${agent_id}`)).json()).status;
  await expect.poll(status, { timeout: 30_000 }).toBe("completed");
  return agent_id;
}
