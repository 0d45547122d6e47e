import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import type { KnowledgeEntry } from "#lib/knowledge/schema";
import { EditEntryButton } from "./edit-entry-button";
import { excerptOf, Highlight } from "./highlight";
import { OutcomeButtons } from "./outcome-buttons";
import { categoryWords } from "./words";

type EntryCardProps = { entry: KnowledgeEntry; search: string; tagHref: (tag: string) => string };

/** One entry: what it says, how often it was used, and how often that worked. */
export function EntryCard({ entry, search, tagHref }: EntryCardProps) {
  const { title, description, category, tags } = entry;
  return (
    <Card className="grid min-w-0 grid-rows-[auto_auto_1fr_auto] gap-2.5 p-4">
      <div className="flex items-start justify-between gap-3">
        <h2 className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <Highlight text={title} search={search} />
        </h2>
        <EditEntryButton entry={entry} />
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Badge tone="accent">{categoryWords[category]}</Badge>
        {tags
          .split(",")
          .filter(Boolean)
          .map((tag) => (
            <Link
              key={tag}
              href={tagHref(tag)}
              scroll={false}
              className="max-w-full truncate rounded-sm bg-muted px-1.5 text-muted-foreground text-xs leading-5 hover:text-foreground"
            >
              {tag}
            </Link>
          ))}
      </div>
      <p className="whitespace-pre-line text-muted-foreground [overflow-wrap:anywhere]">
        <Highlight text={excerptOf(description, search)} search={search} />
      </p>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-t pt-2.5">
        <p className="text-muted-foreground text-xs tabular-nums">{usageOf(entry)}</p>
        <OutcomeButtons id={entry.id} title={title} />
      </div>
    </Card>
  );
}

function usageOf({ usage_count: uses, success_rate: rate, handoffs }: KnowledgeEntry): string {
  if (uses === 0) return "Not used yet";
  const along = handoffs > 0 ? `, in ${formatNumber(handoffs)} ${handoffs === 1 ? "hand-over" : "hand-overs"}` : "";
  return `Used ${formatNumber(uses)} ${uses === 1 ? "time" : "times"}, worked in ${Math.round(rate * 100)} %${along}`;
}
