import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type GuideEntry, guideEntries } from "#lib/docs/guides";
import { titleOf } from "#lib/docs/markdown";

/** Where guides and their pictures are: the process runs in the root of the project. */
export const docsFolder = join(process.cwd(), "docs");

export type Guide = GuideEntry & { title: string; markdown: string };

/** A guide with its text, or nothing when there is none of that name. Throws when its file is missing. */
export async function findGuide(slug: string): Promise<Guide | undefined> {
  const entry = guideEntries.find((guide) => guide.slug === slug);
  if (!entry) return undefined;
  const markdown = await readFile(join(docsFolder, `${entry.slug}.md`), "utf8");
  return { ...entry, title: titleOf(markdown), markdown };
}

/** All guides with their texts, in reading order. */
export async function listGuides(): Promise<Guide[]> {
  const guides = await Promise.all(guideEntries.map(({ slug }) => findGuide(slug)));
  return guides.filter((guide) => guide !== undefined);
}

/** The names of the pictures that guides show. */
export async function listImages(): Promise<string[]> {
  const names = await readdir(join(docsFolder, "images"));
  return names.filter((name) => name.endsWith(".png")).sort();
}

/** The bytes of one of them. */
export async function readImage(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(docsFolder, "images", name)));
}
