const special = /[.*+?^${}()|[\]\\]/g;

/** A text in which the words of a search are marked. */
export function Highlight({ text, search }: { text: string; search: string }) {
  const words = search.split(/\s+/).filter((word) => word.length > 1);
  if (words.length === 0) return text;
  const pattern = new RegExp(`(${words.map((word) => word.replaceAll(special, "\\$&")).join("|")})`, "gi");
  // Every second part is what stands in the parentheses: a word that was found.
  return text.split(pattern).map((part, index) => {
    const key = `${index}-${part}`;
    return index % 2 === 1 ? (
      <mark key={key} className="rounded-xs bg-warning-soft text-warning">
        {part}
      </mark>
    ) : (
      <span key={key}>{part}</span>
    );
  });
}

/** The part of a long text around the first word that was found. */
export function excerptOf(text: string, search: string, length = 280): string {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 1);
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const start = places.length === 0 ? 0 : Math.max(0, Math.min(...places) - length / 4);
  const part = text.slice(start, start + length);
  return `${start > 0 ? "… " : ""}${part}${start + length < text.length ? " …" : ""}`;
}
