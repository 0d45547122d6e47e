import { expect, type Page } from "@playwright/test";

/** Calls the page's instance with the page's login. */
export async function callDesk(page: Page, path: string, data: object, method = "POST") {
  const answer = await page.request.fetch(`/api/${path}`, { method, data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
  return answer.json();
}

/** A project and accounts, as a program would add them. */
export async function createDesk(page: Page, { project = "Web shop", accounts = ["Primary", "Backup"] } = {}) {
  const { id } = await callDesk(page, "projects", { name: project });
  await callDesk(page, "private/batch-create-accounts", {
    accounts: accounts.map((account_name) => ({ account_name })),
  });
  return { projectId: Number(id) };
}

/** A talk of so many lines. */
export const talkOf = (lines: number) =>
  Array.from({ length: lines }, (_, index) => `Line ${index + 1} of a talk about the basket and its tax rates`).join(
    "\n",
  );
