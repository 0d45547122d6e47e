import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type axe from "axe-core";

/** What axe found, as a failed expectation should print it. */
type Finding = { id: string; impact: string; where: string[] };

// The small one, because every document of an inspected page parses it anew.
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const withAxe = new WeakSet<Page>();

const phone = { width: 360, height: 740 };
/** Of all scripts of a page together, as they are sent: compressed. */
const scriptBytesMax = 250_000;

/**
 * Axe finds nothing and nothing sticks out to the side, on the test's screen in light and in dark on a phone; and the
 * page's scripts are small. With `BATON_SCREENS` set to a folder, pictures of both are kept there.
 */
export async function inspect(page: Page, name: string, exceptRules: string[] = []): Promise<void> {
  expect.soft(await scriptBytesOf(page), `bytes of script on ${name}`).toBeLessThanOrEqual(scriptBytesMax);
  const wide = page.viewportSize() ?? phone;
  await provideAxe(page);
  await look(page, `${name}-light`, exceptRules);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(phone);
  await look(page, `${name}-phone-dark`, exceptRules);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(wide);
}

/** Sends axe once: the documents that this page opens later have it from their start. */
async function provideAxe(page: Page): Promise<void> {
  if (withAxe.has(page)) return;
  withAxe.add(page);
  await page.evaluate(axeSource);
  await page.addInitScript({ content: axeSource });
}

async function look(page: Page, name: string, exceptRules: string[]): Promise<void> {
  await settle(page);
  // Behind a link, the title comes a moment after its page.
  await expect(page, `${name} has a title`).not.toHaveTitle("");
  const folder = process.env.BATON_SCREENS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, animations: "disabled" });
  expect.soft(await complaintsOf(page, exceptRules), `axe on ${name}`).toEqual([]);
  const widthPx = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(widthPx, `${name} is wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

/** Waits until nothing moves: colours go over into those of another theme, and one in between is nobody's. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    while (document.getAnimations().some(({ playState }) => playState === "running")) await frame();
  });
}

function scriptBytesOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const loaded = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
    const scripts = loaded.filter(({ name }) => new URL(name).pathname.endsWith(".js"));
    return scripts.reduce((bytes, { encodedBodySize }) => bytes + encodedBodySize, 0);
  });
}

function complaintsOf(page: Page, exceptRules: string[]): Promise<Finding[]> {
  return page.evaluate(async (except) => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    const rules = Object.fromEntries(except.map((id) => [id, { enabled: false }]));
    const { violations } = await loaded.run({ resultTypes: ["violations"], rules });
    return violations.map(({ id, impact, nodes }) => ({ id, impact: impact ?? "", where: nodes.map((n) => n.html) }));
  }, exceptRules);
}
