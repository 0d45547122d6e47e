import type { Metadata } from "next";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { listHandoffs } from "#lib/handoff/service";
import { listFiles } from "#lib/projects/service";
import { analyzeCredits } from "#lib/work-sessions/analysis";
import { listSessionsBefore } from "#lib/work-sessions/history";
import { type SearchParams, single } from "../../../../search-params";
import { requireMember } from "../../../member";
import { HandoffTable } from "../../handoff/handoff-table";
import { StartSessionButton } from "../start-session-button";
import { idIn, projectWords, zoned } from "../words";
import { Credits } from "./credits";
import { EditProjectButton } from "./edit-project-button";
import { ExportButton } from "./export-button";
import { Files } from "./files";
import { currentProject, type ProjectParams } from "./project";
import { Timeline } from "./timeline";

export async function generateMetadata({ params }: { params: ProjectParams }): Promise<Metadata> {
  return { title: (await currentProject((await params).id)).name };
}

const sessionsPerPage = 25;
const handoffsMax = 5;
const ranges = [7, 30, 90] as const;
const newest = Number.MAX_SAFE_INTEGER;

type ProjectPageProps = { params: ProjectParams; searchParams: SearchParams };

export default async function ProjectPage({ params, searchParams }: ProjectPageProps) {
  const [ctx, { id }, query] = await Promise.all([requireMember("agents:read"), params, searchParams]);
  const project = await currentProject(id);
  const days = ranges.find((range) => String(range) === single(query.days)) ?? 30;
  const before = idIn(single(query.before));
  const projectId = project.id;
  const [{ data: analysis }, found, latest, { data: files }, { data: handoffs }] = await Promise.all([
    analyzeCredits(ctx, { project_id: projectId, days }),
    listSessionsBefore(ctx, projectId, before ?? newest, sessionsPerPage + 1),
    listSessionsBefore(ctx, projectId, newest, sessionsPerPage),
    listFiles(ctx, projectId),
    listHandoffs(ctx, { project_id: projectId }),
  ]);
  const { tone, label } = projectWords[project.status];
  const open = latest.find(({ status }) => status === "in_progress");
  const hrefOf = (change: { days?: number; before?: number | undefined }) => {
    const next = { days, before, ...change };
    const text = new URLSearchParams({
      ...(next.days !== 30 && { days: String(next.days) }),
      ...(next.before !== undefined && { before: String(next.before) }),
    }).toString();
    return `/dashboard/projects/${projectId}${text ? `?${text}` : ""}`;
  };

  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/projects" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Projects
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{project.name}</h1>
          <Badge tone={tone}>{label}</Badge>
          <span className="flex flex-wrap gap-2 sm:ml-auto">
            <EditProjectButton project={project} />
            <ExportButton projectId={projectId} name={project.name} />
            {open ? (
              <ButtonLink href={`/dashboard/projects/${projectId}/sessions/${open.session_number}`}>
                Resume session {open.session_number}
              </ButtonLink>
            ) : null}
            <StartSessionButton isMain projectId={projectId} />
          </span>
        </div>
        {project.description ? (
          <p className="max-w-2xl whitespace-pre-line text-muted-foreground [overflow-wrap:anywhere]">
            {project.description}
          </p>
        ) : null}
        <p className="text-muted-foreground text-xs tabular-nums">
          {formatNumber(project.total_sessions)} {project.total_sessions === 1 ? "session" : "sessions"},{" "}
          {formatNumber(project.total_credits_used)} credits used, changed{" "}
          <RelativeTime value={zoned(project.updated_at)} />
        </p>
      </header>
      <Credits
        analysis={analysis}
        sessions={latest}
        ranges={ranges.map((range) => ({
          href: hrefOf({ days: range }),
          label: `${range} days`,
          isCurrent: range === days,
        }))}
      />
      <Timeline
        projectId={projectId}
        sessions={found.slice(0, sessionsPerPage)}
        newerHref={before === undefined ? undefined : hrefOf({ before: undefined })}
        olderHref={
          found.length > sessionsPerPage ? hrefOf({ before: found[sessionsPerPage - 1]?.session_number }) : undefined
        }
      />
      <Section
        title="Hand-overs"
        description="The newest briefings of this project."
        actions={
          <span className="flex flex-wrap gap-2">
            {handoffs.length > 0 ? (
              <ButtonLink size="sm" href={`/dashboard/handoff?history=${projectId}#history`}>
                All of them
              </ButtonLink>
            ) : null}
            <ButtonLink size="sm" href={`/dashboard/handoff?project=${projectId}`}>
              Write a briefing
            </ButtonLink>
          </span>
        }
      >
        {handoffs.length > 0 ? (
          <HandoffTable handoffs={handoffs.slice(0, handoffsMax)} withProject={false} />
        ) : (
          <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted-foreground">
            Nothing has been handed over yet. A briefing takes the next account to where this one stopped.
          </p>
        )}
      </Section>
      <Files projectId={projectId} files={files} />
    </div>
  );
}
