import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import type { Project } from "#lib/projects/schema";
import { ProjectCard } from "./project-card";
import { optionsOf, projectWords } from "./words";

/** So many cards stand in a column before the rest is a link away. */
const cardsMax = 20;

type BoardProps = { projects: readonly Project[]; hrefOf: (status: Project["status"]) => string };

/** The projects in a column per status, each with its totals. */
export function Board({ projects, hrefOf }: BoardProps) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {optionsOf(projectWords).map(({ value, label }) => {
        const inColumn = projects.filter(({ status }) => status === value);
        return (
          <section key={value} aria-label={label} className="grid min-w-0 content-start gap-2">
            <header className="flex items-baseline justify-between gap-3 border-b pb-1.5">
              <h2 className="font-medium">
                {label} <span className="text-muted-foreground tabular-nums">{inColumn.length}</span>
              </h2>
              <Totals projects={inColumn} />
            </header>
            {inColumn.length > 0 ? (
              <ul className="grid gap-2">
                {inColumn.slice(0, cardsMax).map((project) => (
                  <li key={project.id} className="grid min-w-0">
                    <ProjectCard project={project} />
                  </li>
                ))}
              </ul>
            ) : (
              <p className="rounded-lg border border-dashed px-3 py-4 text-center text-muted-foreground text-xs">
                None
              </p>
            )}
            {inColumn.length > cardsMax ? (
              <Link href={hrefOf(value)} className="w-fit rounded-sm text-primary text-xs underline underline-offset-4">
                Show all {formatNumber(inColumn.length)}
              </Link>
            ) : null}
          </section>
        );
      })}
    </div>
  );
}

function Totals({ projects }: { projects: readonly Project[] }) {
  const sessions = projects.reduce((sum, one) => sum + one.total_sessions, 0);
  const credits = projects.reduce((sum, one) => sum + one.total_credits_used, 0);
  return (
    <span className="text-muted-foreground text-xs tabular-nums">
      {formatNumber(sessions)} {sessions === 1 ? "session" : "sessions"}, {formatNumber(credits)} credits
    </span>
  );
}
