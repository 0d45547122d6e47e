import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, type TestInfo } from "@playwright/test";

/** Nothing sticks out to the side and axe finds nothing, on wide screens in both themes; pictures are kept beside the results. */
export async function inspect(page: Page, info: TestInfo, name: string, exceptRules: string[] = []): Promise<void> {
  // The colours of a phone are those of a wide screen.
  for (const theme of info.project.name === "phone" ? (["light"] as const) : (["light", "dark"] as const)) {
    await page.emulateMedia({ colorScheme: theme });
    const path = `${info.project.outputDir}/screens/${info.project.name}/${name}-${theme}.png`;
    // Taken first, because it brings every transition to its end.
    await page.screenshot({ path, fullPage: true, animations: "disabled" });
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // The dark page differs in nothing but its colours.
    const { violations } = await (theme === "dark"
      ? axe.withRules("color-contrast")
      : axe.disableRules(exceptRules)
    ).analyze();
    const found = violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) }));
    expect.soft(found, `axe on ${name}, ${theme}`).toEqual([]);
  }
  const widthPx = await page.evaluate(() => document.documentElement.scrollWidth);
  expect.soft(widthPx, `${name} is wider than the screen`).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
