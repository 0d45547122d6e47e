import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { writtenOrigin } from "#lib/docs/links";
import { fencesOf, headingsOf } from "#lib/docs/markdown";
import { listGuides } from "#lib/docs/read";
import { codeLanguages, GuideText } from "./guide-text";

const guides = await listGuides();
const htmlOf = async (markdown: string) => renderToStaticMarkup(await GuideText({ markdown }));

test.each(guides)("$slug: headings have the anchors that links and the search use", async ({ markdown }) => {
  const html = await htmlOf(markdown);
  const ids = [...html.matchAll(/<h[1-6] id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(headingsOf(markdown).map(({ id }) => id));
});

test.each(guides)("$slug: blocks are highlighted, named, and can be reached by keyboard", async ({ markdown }) => {
  const html = await htmlOf(markdown);
  const labels = [...html.matchAll(/<figcaption class="sr-only">([^<]+)</g)].map(([, label]) => label);
  expect(labels).toEqual(fencesOf(markdown).map(({ language }) => codeLanguages[language]));
  expect(html.match(/<pre tabindex="0"/g)?.length ?? 0).toBe(labels.length);
});

test("no link to a file is left, and every place that names the origin can show another", async () => {
  const html = await htmlOf(
    `[a](agents.md#budgets) ![b](images/x.png) [c](${writtenOrigin}/docs/api)\n\n\`\`\`sh\ncurl "${writtenOrigin}/x" -d '{"a": "${writtenOrigin}"}'\n\`\`\`\n`,
  );
  expect(html).toContain('href="/docs/agents#budgets"');
  expect(html).toContain('src="/docs/images/x.png"');
  expect(html).toContain('href="/docs/api"');
  expect(html.replace(/<[^>]+>/g, "").split(writtenOrigin)).toHaveLength(3);
});
