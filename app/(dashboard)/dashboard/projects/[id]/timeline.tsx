import { ChevronLeft, ChevronRight, CircleCheck, type LucideIcon, TriangleAlert } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import type { WorkSession } from "#lib/work-sessions/schema";
import { StartSessionButton } from "../start-session-button";
import { formatMinutes, sessionWords, typeWords, zoned } from "../words";

type TimelineProps = {
  projectId: number;
  /** Newest first. */
  sessions: readonly WorkSession[];
  newerHref: string | undefined;
  olderHref: string | undefined;
};

/** The sessions of a project from the newest down. */
export function Timeline({ projectId, sessions, newerHref, olderHref }: TimelineProps) {
  return (
    <Section title="Sessions" description="Newest first. Each leads to what it was for and what came of it.">
      {sessions.length > 0 ? (
        <ol aria-label="Timeline of sessions" className="grid">
          {sessions.map((session) => (
            <Entry key={session.id} session={session} />
          ))}
        </ol>
      ) : newerHref ? (
        <EmptyState
          level={3}
          title="The list ends before this page"
          action={<ButtonLink href={newerHref}>To the newest</ButtonLink>}
        >
          There is no session this old.
        </EmptyState>
      ) : (
        <EmptyState
          level={3}
          title="No sessions yet"
          action={<StartSessionButton projectId={projectId} label="Start the first session" />}
        >
          A session is a piece of work with one account. It gets number 1, and counts the credits that it uses.
        </EmptyState>
      )}
      {newerHref || olderHref ? (
        <nav aria-label="Pages of the sessions" className="flex justify-end gap-2">
          {newerHref ? (
            <ButtonLink size="sm" href={newerHref} scroll={false}>
              <ChevronLeft aria-hidden />
              Newest
            </ButtonLink>
          ) : null}
          {olderHref ? (
            <ButtonLink size="sm" href={olderHref} scroll={false}>
              Older
              <ChevronRight aria-hidden />
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </Section>
  );
}

function Entry({ session }: { session: WorkSession }) {
  const { session_number: number, status, accomplishments, blockers, objectives } = session;
  const { tone, label } = sessionWords[status];
  return (
    <li className="relative grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 pb-4 before:absolute before:top-3 before:bottom-[-0.75rem] before:left-[0.5625rem] before:w-px before:bg-border last:pb-0 last:before:hidden">
      <span
        aria-hidden
        className={cn(
          "relative mt-1 ml-1 size-3 rounded-full border-2 bg-background",
          status === "in_progress" ? "border-primary bg-primary" : "border-input",
        )}
      />
      <div className="grid min-w-0 gap-1 rounded-lg border bg-card px-3.5 py-2.5">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <Link
            href={`/dashboard/projects/${session.project_id}/sessions/${number}`}
            className="rounded-sm font-medium tabular-nums underline-offset-4 hover:underline"
          >
            Session {number}
          </Link>
          <Badge tone={tone}>{label}</Badge>
          <span className="text-muted-foreground text-xs">{typeWords[session.session_type]}</span>
          <span className="text-muted-foreground text-xs sm:ml-auto">
            <RelativeTime value={zoned(session.started_at)} />
          </span>
        </div>
        <p className="text-muted-foreground text-xs tabular-nums [overflow-wrap:anywhere]">
          {session.account_name}, {formatNumber(session.credits_used)} credits
          {session.duration_minutes === null ? "" : `, ${formatMinutes(session.duration_minutes)}`}
        </p>
        {objectives ? <p className="line-clamp-2 [overflow-wrap:anywhere]">{objectives}</p> : null}
        {accomplishments ? <Outcome icon={CircleCheck} name="Done" text={accomplishments} /> : null}
        {blockers ? <Outcome icon={TriangleAlert} name="In the way" text={blockers} /> : null}
      </div>
    </li>
  );
}

function Outcome({ icon: Icon, name, text }: { icon: LucideIcon; name: string; text: string }) {
  return (
    <p className="flex gap-1.5 text-muted-foreground">
      <Icon aria-hidden className="mt-0.75 size-3.5 shrink-0" />
      <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere]">
        <span className="sr-only">{name}: </span>
        {text}
      </span>
    </p>
  );
}
