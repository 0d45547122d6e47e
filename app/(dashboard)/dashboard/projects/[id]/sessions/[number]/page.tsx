import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { searchKnowledge } from "#lib/knowledge/service";
import { getSessionByNumber } from "#lib/work-sessions/history";
import { requireMember } from "../../../../../member";
import { orNotFound } from "../../../../apps/[id]/app";
import { formatMinutes, idIn, sessionWords, typeWords, zoned } from "../../../words";
import { currentProject } from "../../project";
import { readBriefings } from "./briefings";
import { SessionForm } from "./session-form";
import { StartBriefings } from "./start-briefings";
import { Suggestions } from "./suggestions";

type SessionParams = Promise<{ id: string; number: string }>;

const currentSession = cache(async (id: string, number: string) => {
  const [ctx, project] = await Promise.all([requireMember("agents:read"), currentProject(id)]);
  const wanted = idIn(number);
  if (wanted === undefined) notFound();
  return orNotFound(getSessionByNumber(ctx, project.id, wanted));
});

export async function generateMetadata({ params }: { params: SessionParams }): Promise<Metadata> {
  const { id, number } = await params;
  const session = await currentSession(id, number);
  return { title: `Session ${session.session_number} · ${session.project_name}` };
}

const suggestionsMax = 3;

export default async function WorkSessionPage({ params }: { params: SessionParams }) {
  const [ctx, { id, number }] = await Promise.all([requireMember("agents:read"), params]);
  const [project, session] = await Promise.all([currentProject(id), currentSession(id, number)]);
  const isOpen = session.status === "in_progress";
  const [briefings, suggestions] = await Promise.all([
    readBriefings(ctx, session),
    session.objectives ? searchKnowledge(ctx, session.objectives, suggestionsMax) : [],
  ]);
  const { tone, label } = sessionWords[session.status];

  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="grid min-w-0 gap-2">
        <Link
          href={`/dashboard/projects/${project.id}`}
          className="w-fit max-w-full truncate text-muted-foreground text-xs hover:text-foreground"
        >
          {project.name}
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="font-semibold text-xl tabular-nums tracking-tight">Session {session.session_number}</h1>
          <Badge tone={tone}>{label}</Badge>
          {isOpen ? (
            <span className="flex flex-wrap gap-2 sm:ml-auto">
              <ButtonLink variant="primary" href={`/dashboard/handoff?project=${project.id}`}>
                Hand over…
              </ButtonLink>
            </span>
          ) : null}
        </div>
        <p className="text-muted-foreground text-xs tabular-nums [overflow-wrap:anywhere]">
          {typeWords[session.session_type]} with{" "}
          <Link
            href={`/dashboard/accounts?q=${encodeURIComponent(session.account_name)}`}
            className="rounded-sm underline underline-offset-4 hover:text-foreground"
          >
            {session.account_name}
          </Link>
          , started <RelativeTime value={zoned(session.started_at)} />
          {session.completed_at ? (
            <>
              , ended <RelativeTime value={zoned(session.completed_at)} />
            </>
          ) : null}
          {session.duration_minutes === null ? "" : `, took ${formatMinutes(session.duration_minutes)}`},{" "}
          {formatNumber(session.credits_used)} credits
        </p>
        <nav aria-label="Other sessions of the project" className="flex gap-2">
          {session.session_number > 1 ? (
            <ButtonLink size="sm" href={`/dashboard/projects/${project.id}/sessions/${session.session_number - 1}`}>
              Session {session.session_number - 1}
            </ButtonLink>
          ) : null}
          {session.session_number < project.total_sessions ? (
            <ButtonLink size="sm" href={`/dashboard/projects/${project.id}/sessions/${session.session_number + 1}`}>
              Session {session.session_number + 1}
            </ButtonLink>
          ) : null}
        </nav>
      </header>
      <StartBriefings briefings={briefings} />
      <SessionForm key={`${session.id}-${session.status}`} session={session} />
      <Suggestions entries={suggestions} hasObjectives={session.objectives !== null} />
    </div>
  );
}
