import { randomUUID } from "node:crypto";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Mailbox, startMailbox } from "./mailbox";
import { startBaton } from "./server";

export type Account = { email: string; password: string; organization: string };
export type MailingBaton = { url: string; mails: Mailbox };

/** An address and a password that nobody has used. */
export function newAccount(name = "ada"): Account {
  const id = randomUUID().slice(0, 8);
  return { email: `${name}-${id}@example.com`, password: `${id}-Lovelace`, organization: `Engines ${id}` };
}

type TestFixtures = {
  /** A signed-in page of somebody who has just founded an organization. */
  owner: { page: Page; account: Account };
  /** A second browser, signed out. */
  stranger: Page;
  /** The second browser, signed in as somebody who has joined the owner's organization, which it shows. */
  member: { page: Page; account: Account };
};

type WorkerFixtures = {
  /** Another instance, which sends mail and wants e-mail addresses confirmed. */
  mailing: MailingBaton;
};

/** Every test also fails when a page throws, complains on the console, or fetches anything from another site. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern.
  baseURL: async ({}, use) => use(process.env.BATON_E2E_URL),

  context: async ({ context }, use) => {
    const problems = watch(context);
    await use(context);
    expect(problems).toEqual([]);
  },

  stranger: async ({ browser, baseURL }, use) => {
    const context = await browser.newContext({ baseURL });
    const problems = watch(context);
    await use(await context.newPage());
    await context.close();
    expect(problems).toEqual([]);
  },

  owner: async ({ page }, use) => {
    const account = newAccount();
    await signUp(page, account);
    await use({ page, account });
  },

  member: async ({ owner, stranger }, use) => {
    const account = newAccount("bob");
    const invited = await owner.page.request.post("/api/organizations/members", { data: { email: account.email } });
    expect(invited.status(), await invited.text()).toBe(201);
    const { token } = (await invited.json()).invitation;
    await signUp(stranger, account);
    const joined = await stranger.request.post("/api/organizations/invitations/accept", { data: { token } });
    expect(joined.status(), await joined.text()).toBe(200);
    await use({ page: stranger, account });
  },

  mailing: [
    // biome-ignore lint/correctness/noEmptyPattern: see above.
    async ({}, use) => {
      const mails = await startMailbox();
      const baton = await startBaton({ SMTP_URL: mails.url, REQUIRE_EMAIL_VERIFICATION: "1" });
      await use({ url: baton.url, mails });
      await baton.stop();
      await mails.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

/** Makes an account and signs the page's browser in, without the pages that do so. */
export async function signUp(page: Page, account: Account): Promise<void> {
  const { email, password, organization } = account;
  const created = await page.request.post("/api/auth/signup", {
    data: { email, password, organizationName: organization },
  });
  expect(created.status(), await created.text()).toBe(201);
  await signIn(page, account);
}

export async function signIn(page: Page, { email, password }: Account): Promise<void> {
  const answer = await page.request.post("/api/auth/login", { data: { email, password } });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Collects what a browser complains about. Refusals of our own API are part of the journeys and stay out. */
function watch(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on("weberror", (error) => problems.push(error.error().stack ?? error.error().message));
  context.on("console", (message) => {
    const isRefusal =
      /status of 4\d\d/.test(message.text()) && /\/(api|v1|no-such-page)(\/|$)/.test(message.location().url);
    if ((message.type() === "error" || message.type() === "warning") && !isRefusal) {
      problems.push(`${message.type()}: ${message.text()} (${message.page()?.url()})`);
    }
  });
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") problems.push(`request to ${request.url()}`);
  });
  return problems;
}

export { expect };
