import { expect, test } from "vitest";
import { guideEntries } from "#lib/docs/guides";
import { llmsFull, llmsIndex } from "#lib/docs/llms";
import { findGuide, listGuides, listImages } from "#lib/docs/read";
import { GET as getImage, generateStaticParams as imageNames } from "../../app/docs/images/[file]/route";
import { GET as getMarkdown, generateStaticParams as slugs } from "../../app/docs/markdown/[slug]/route";
import { GET as getSearch } from "../../app/docs/search.json/route";
import { rankSections, type SearchSection } from "../../app/docs/search-rank";
import { GET as getIndex } from "../../app/llms.txt/route";
import { GET as getFull } from "../../app/llms-full.txt/route";
import config from "../../next.config";

const request = new Request("http://localhost:3000/docs");
const guides = await listGuides();

test("each guide is served as it is written, as Markdown in UTF-8", async () => {
  expect(slugs()).toEqual(guideEntries.map(({ slug }) => ({ slug })));
  for (const { slug, markdown } of guides) {
    const answer = await getMarkdown(request, { params: Promise.resolve({ slug }) });
    expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(await answer.text()).toBe(markdown);
  }
  const missing = await getMarkdown(request, { params: Promise.resolve({ slug: "nothing" }) });
  expect(missing.status).toBe(404);
});

test("/docs/<slug>.md leads to it, whatever the slug, and nothing else does", async () => {
  const rules = await config.rewrites?.();
  const rule =
    !Array.isArray(rules) && rules?.beforeFiles?.find(({ destination }) => destination === "/docs/markdown/:slug");
  const source = rule ? rule.source : "";
  const pattern = new RegExp(`^${source.replace(/:slug\(([^)]*)\)/, "($1)")}$`);
  for (const { slug } of guideEntries) expect(pattern.exec(`/docs/${slug}.md`)?.[1]).toBe(slug);
  expect(pattern.test("/docs/quick-start")).toBe(false);
  expect(pattern.test("/docs/../secret.md")).toBe(false);
});

test("the pictures of the guides are served, and no other file", async () => {
  expect((await imageNames()).map(({ file }) => file)).toEqual(await listImages());
  const [file = ""] = await listImages();
  const answer = await getImage(request, { params: Promise.resolve({ file }) });
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await answer.arrayBuffer()).slice(1, 4)).toEqual(new TextEncoder().encode("PNG"));
  const missing = await getImage(request, { params: Promise.resolve({ file: "../quick-start.md" }) });
  expect(missing.status).toBe(404);
});

test("llms.txt has a title, a summary, and a line with a link and a description for each guide", async () => {
  const answer = await getIndex();
  const text = await answer.text();
  expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(text).toBe(llmsIndex(guides));
  expect(text).toMatch(/^# Baton\n\n> /);
  for (const { slug, title, description } of guides)
    expect(text).toContain(`- [${title}](/docs/${slug}.md): ${description}\n`);
  expect(text).toContain("(/api/openapi.json)");
});

test("llms-full.txt holds all guides in full", async () => {
  const text = await (await getFull()).text();
  expect(text).toBe(llmsFull(guides));
  for (const { markdown } of guides) expect(text).toContain(markdown.trim());
});

test("the search finds parts of guides by all their words, headings first", async () => {
  const sections = (await (await getSearch()).json()) as SearchSection[];
  const [hit] = rankSections(sections, "verifying web hooks");
  expect(hit).toMatchObject({ href: "/docs/web-hooks#verifying", heading: "Verifying" });
  expect(rankSections(sections, "quick start")[0]).toMatchObject({ href: "/docs/quick-start" });
  expect(rankSections(sections, "PROVIDER_PAUSED")[0]?.excerpt).toBeDefined();
  expect(rankSections(sections, "no-such-word-anywhere")).toEqual([]);
  expect(rankSections(sections, "  ")).toEqual([]);
  expect(rankSections(sections, "the", 3)).toHaveLength(3);
});

test("the search leads to headings that are there", async () => {
  const sections = (await (await getSearch()).json()) as SearchSection[];
  for (const { slug, id } of sections) expect(`${(await findGuide(slug))?.slug} ${id}`).toMatch(/^[a-z-]+ \S+$/);
  expect(sections.length).toBeGreaterThan(100);
});
