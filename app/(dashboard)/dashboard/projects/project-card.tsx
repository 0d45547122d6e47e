import { Card } from "#components/ui/card";
import { formatCompact } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import type { Project } from "#lib/projects/schema";
import { zoned } from "./words";

/** One project at a glance. */
export function ProjectCard({ project }: { project: Project }) {
  const { id, name, description, total_sessions: sessions, total_credits_used: credits, updated_at } = project;
  return (
    <Card className="relative grid min-w-0 gap-2 p-3.5 transition-colors hover:border-input has-focus-visible:border-ring">
      <h3 className="line-clamp-2 min-w-0 font-medium [overflow-wrap:anywhere]">
        {/* Its area covers the card, so that all of it can be pressed. */}
        <Link href={`/dashboard/projects/${id}`} className="after:absolute after:inset-0 after:rounded-lg">
          {name}
        </Link>
      </h3>
      {description ? (
        <p className="line-clamp-2 text-muted-foreground [overflow-wrap:anywhere]">{description}</p>
      ) : null}
      <p className="flex flex-wrap gap-x-3 text-muted-foreground text-xs tabular-nums">
        <span>
          {formatCompact(sessions)} {sessions === 1 ? "session" : "sessions"}
        </span>
        <span>{formatCompact(credits)} credits</span>
        {/* Above the link's area, for the tooltip. */}
        <span className="relative">
          <RelativeTime value={zoned(updated_at)} />
        </span>
      </p>
    </Card>
  );
}
