/** A part of a guide as /docs/search.json has it. */
export type SearchSection = { slug: string; title: string; heading: string; id: string; text: string };

export type SearchHit = { href: string; title: string; heading: string; excerpt: string };

const excerptBefore = 40;
const excerptLength = 140;

function excerptOf(text: string, word: string): string {
  const at = Math.max(0, text.toLowerCase().indexOf(word) - excerptBefore);
  const from = at === 0 ? 0 : text.indexOf(" ", at) + 1;
  const cut = text.slice(from, from + excerptLength).trim();
  return `${from > 0 ? "… " : ""}${cut}${from + excerptLength < text.length ? " …" : ""}`;
}

/** Parts in which every word of the query is found, best first: in the heading, then in the guide's title, then in the text. */
export function rankSections(sections: readonly SearchSection[], query: string, limit = 12): SearchHit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (!first) return [];
  const scored = sections.flatMap((section, index) => {
    const heading = section.heading.toLowerCase();
    const title = section.title.toLowerCase();
    const text = section.text.toLowerCase();
    let score = 0;
    for (const word of words) {
      const found = (heading.includes(word) ? 8 : 0) + (title.includes(word) ? 4 : 0) + (text.includes(word) ? 1 : 0);
      if (found === 0) return [];
      score += found;
    }
    return [{ section, score, index }];
  });
  return scored
    .sort((one, other) => other.score - one.score || one.index - other.index)
    .slice(0, limit)
    .map(({ section: { slug, title, heading, id, text } }) => ({
      href: heading === title ? `/docs/${slug}` : `/docs/${slug}#${id}`,
      title,
      heading,
      excerpt: excerptOf(text, first),
    }));
}
