import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Link } from "#components/ui/link";
import { Section } from "#components/ui/section";
import type { FoundKnowledge } from "#lib/knowledge/schema";
import { OutcomeButtons } from "../../../../knowledge/outcome-buttons";
import { categoryWords } from "../../../../knowledge/words";

/** Entries of the knowledge base that fit what the session is for. */
export function Suggestions({ entries, hasObjectives }: { entries: FoundKnowledge[]; hasObjectives: boolean }) {
  return (
    <Section title="Fitting knowledge" description="What others learned about what this session is for.">
      {entries.length > 0 ? (
        <ul className="grid grid-cols-1 gap-3 lg:grid-cols-3">
          {entries.map(({ id, category, title, description }) => (
            <li key={id} className="grid min-w-0">
              <Card className="grid min-w-0 content-start gap-2 p-4">
                <h3 className="font-medium [overflow-wrap:anywhere]">{title}</h3>
                <span>
                  <Badge>{categoryWords[category]}</Badge>
                </span>
                <p className="line-clamp-4 text-muted-foreground [overflow-wrap:anywhere]">{description}</p>
                <OutcomeButtons id={id} title={title} />
              </Card>
            </li>
          ))}
        </ul>
      ) : (
        <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted-foreground">
          {hasObjectives
            ? "Nothing in the knowledge base fits the objectives."
            : "Write objectives to get suggestions."}{" "}
          <Link href="/dashboard/knowledge" className="rounded-sm text-primary underline underline-offset-4">
            Open the knowledge base
          </Link>
        </p>
      )}
    </Section>
  );
}
