import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guideEntries, guideGroups } from "#lib/docs/guides";
import { pageHref, writtenOrigin } from "#lib/docs/links";
import { headingsOf, linksOf } from "#lib/docs/markdown";
import { docsFolder, findGuide, listGuides, listImages } from "#lib/docs/read";
import { findRoutes } from "#server/routes";

const root = join(import.meta.dirname, "../..");
const guides = await listGuides();
const anchors = new Map(guides.map(({ slug, markdown }) => [slug, new Set(headingsOf(markdown).map(({ id }) => id))]));

test("every file in docs/ is a guide of the list, and every guide of the list has its file", async () => {
  const files = (await readdir(docsFolder)).filter((name) => name.endsWith(".md"));
  expect(guideEntries.map(({ slug }) => `${slug}.md`).sort()).toEqual(files.sort());
  expect(guideGroups.filter((group) => !guideEntries.some((guide) => guide.group === group))).toEqual([]);
});

test("a guide has one title, a description of one line, and headings that step down one by one", () => {
  for (const { slug, title, description, markdown } of guides) {
    const levels = headingsOf(markdown).map(({ level }) => level);
    expect(
      levels.filter((level) => level === 1),
      slug,
    ).toEqual([1]);
    expect(levels[0], slug).toBe(1);
    expect(
      levels.filter((level, at) => level - (levels[at - 1] ?? level) > 1),
      slug,
    ).toEqual([]);
    expect(title.length, slug).toBeGreaterThan(2);
    expect(description, slug).not.toContain("\n");
  }
});

test("a guide that does not exist is not found", async () => {
  expect(await findGuide("no-such-guide")).toBeUndefined();
  expect(await findGuide("../README")).toBeUndefined();
});

/** The addresses of this instance that lead somewhere: pages, endpoints, and the files that guides are served as. */
async function ownPaths(): Promise<Set<string>> {
  const pages = (await readdir(join(root, "app"), { recursive: true }))
    .filter((file) => file.endsWith("page.tsx") && !file.includes("["))
    .map(
      (file) =>
        `/${file
          .split("/")
          .slice(0, -1)
          .filter((part) => !part.startsWith("("))
          .join("/")}`,
    );
  const routes = (await findRoutes(root)).map(({ template }) => template);
  return new Set([...pages, ...routes]);
}

const allLinks = guides.flatMap(({ slug, markdown }) => linksOf(markdown).map((target) => ({ slug, target })));

test("no link of a guide is dead: guides, anchors, pictures, and pages of this instance", async () => {
  const images = await listImages();
  const paths = await ownPaths();
  const dead = allLinks.filter(({ slug, target }) => {
    const [file = "", anchor] = target.split("#");
    if (target.startsWith("#")) return !anchors.get(slug)?.has(target.slice(1));
    if (target.startsWith(writtenOrigin)) return !paths.has(new URL(target).pathname);
    if (target.startsWith("images/")) return !images.includes(target.slice("images/".length));
    if (target.startsWith("https://")) return false;
    const found = anchors.get(file.replace(/\.md$/, ""));
    return !file.endsWith(".md") || !found || (anchor !== undefined && !found.has(anchor));
  });
  expect(allLinks.length).toBeGreaterThan(30);
  expect(dead).toEqual([]);
});

test("what the README says of docs/ is there", async () => {
  const named = [...(await readFile(join(root, "README.md"), "utf8")).matchAll(/\(docs\/([^)#]+)/g)].map(
    ([, to]) => to,
  );
  const there = [...guides.map(({ slug }) => `${slug}.md`), ...(await listImages()).map((name) => `images/${name}`)];
  expect(named.filter((to) => !there.includes(to ?? ""))).toEqual([]);
  expect(named.length).toBeGreaterThan(5);
});

test("links of the files become links of the pages", () => {
  expect(pageHref("agents.md")).toBe("/docs/agents");
  expect(pageHref("web-hooks.md#headers")).toBe("/docs/web-hooks#headers");
  expect(pageHref("images/overview-light.png")).toBe("/docs/images/overview-light.png");
  expect(pageHref("http://localhost:3000/docs/api")).toBe("/docs/api");
  expect(pageHref("http://localhost:3000")).toBe("/");
  expect(pageHref("http://localhost:30001/x")).toBe("http://localhost:30001/x");
  expect(pageHref("#here")).toBe("#here");
  expect(pageHref("https://example.com/x.md")).toBe("https://example.com/x.md");
});
