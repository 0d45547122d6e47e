export type Heading = { level: number; text: string; id: string };

/** What stands below one heading, as words to search in. */
export type Section = { heading: string; id: string; text: string };

/** A fenced block: its language, what follows it on the fence, and its code. */
export type Fence = { language: string; meta: string; code: string; line: number };

type Line = { text: string; isCode: boolean };

const fence = /^\s*```/;

/** The lines of a text, each with whether it belongs to a fenced block. */
function linesOf(markdown: string): Line[] {
  let isCode = false;
  return markdown.split("\n").map((text) => {
    if (!fence.test(text)) return { text, isCode };
    isCode = !isCode;
    return { text, isCode: true };
  });
}

/** Words without the marks of Markdown. */
const plain = (text: string) => text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]|(?<!\w)_|_(?!\w)/g, "");

/** The first heading of a guide. */
export function titleOf(markdown: string): string {
  const [, title] = /^# (.+)$/m.exec(markdown) ?? [];
  if (!title) throw new Error("A guide begins with its title.");
  return plain(title);
}

/** Every heading with the anchor that GitHub and our pages give it. */
export function headingsOf(markdown: string): Heading[] {
  const seen = new Map<string, number>();
  return linesOf(markdown).flatMap(({ text, isCode }) => {
    const [, marks = "", words = ""] = (!isCode && /^(#{1,6}) (.+)$/.exec(text)) || [];
    if (!marks) return [];
    const base = plain(words)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(base) ?? 0;
    seen.set(base, times + 1);
    return [{ level: marks.length, text: plain(words), id: times ? `${base}-${times}` : base }];
  });
}

/** A guide cut at its headings, without marks. */
export function sectionsOf(markdown: string): Section[] {
  const headings = headingsOf(markdown);
  const sections: Section[] = [];
  for (const { text, isCode } of linesOf(markdown)) {
    const heading = !isCode && /^#{1,6} /.test(text) ? headings[sections.length] : undefined;
    const current = sections.at(-1);
    if (heading) sections.push({ heading: heading.text, id: heading.id, text: "" });
    else if (current && !fence.test(text)) current.text += `${isCode ? text : plain(text)} `;
  }
  return sections.map((section) => ({ ...section, text: section.text.replace(/[\s|-]{2,}/g, " ").trim() }));
}

/** The targets of all links and pictures outside code. */
export function linksOf(markdown: string): string[] {
  const text = linesOf(markdown)
    .filter(({ isCode }) => !isCode)
    .map((line) => line.text.replace(/`[^`]*`/g, ""))
    .join("\n");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
}

/** All fenced blocks, in order. */
export function fencesOf(markdown: string): Fence[] {
  const found: Fence[] = [];
  const all = markdown.matchAll(/^([ ]*)```([a-z]*)[ ]*(.*)\n([\s\S]*?)^\1```$/gm);
  for (const { 1: indent = "", 2: language = "", 3: meta = "", 4: body = "", index } of all) {
    const code = body.replace(new RegExp(`^${indent}`, "gm"), "");
    found.push({ language, meta: meta.trim(), code, line: markdown.slice(0, index).split("\n").length });
  }
  return found;
}
