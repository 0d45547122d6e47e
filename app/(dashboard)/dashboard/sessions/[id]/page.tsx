import type { Metadata } from "next";
import { Badge } from "#components/ui/badge";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { getSessionAnalytics } from "#lib/orchestration/analytics";
import { lastSequence } from "#lib/orchestration/feed";
import { listOrchestrations } from "#lib/orchestration/orchestrations";
import { getSession, listThreads } from "#lib/orchestration/service";
import { mapRunsOfSession } from "#lib/runs/list";
import { requireMember } from "../../../member";
import { orNotFound } from "../../apps/[id]/app";
import { isFinal, sessionWords, zoned } from "../words";
import { Analytics } from "./analytics";
import { SessionLive } from "./session-live";
import { StatusButtons } from "./status-buttons";
import { Threads } from "./threads";

export const metadata: Metadata = { title: "Session" };

/** So many events of the past are shown at first. */
const pastEvents = 200;

export default async function SessionPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:read"), params]);
  const session = await orNotFound(getSession(ctx, id));
  const [analytics, threads, orchestrations, runs, newest] = await Promise.all([
    getSessionAnalytics(ctx, id),
    listThreads(ctx, id),
    listOrchestrations(ctx, id),
    mapRunsOfSession(ctx, id),
    lastSequence(ctx, id),
  ]);
  const { tone, label } = sessionWords[session.status];
  const isAtWork = orchestrations.some(({ status }) => status === "queued" || status === "running");

  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/sessions" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Sessions
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{session.user_id}</h1>
          <Badge tone={tone}>{label}</Badge>
          <span className="text-muted-foreground text-xs">
            <span className="select-all font-mono">{id}</span>, opened{" "}
            <RelativeTime value={zoned(session.created_at)} />, at most {session.max_iterations} rounds, models:{" "}
            {session.settings.preferred_models.join(", ") || "any"}
          </span>
          <span className="ml-auto flex flex-wrap gap-2">
            <StatusButtons id={id} status={session.status} />
          </span>
        </div>
      </header>
      <Analytics session={session} analytics={analytics} />
      <Threads threads={threads} orchestrations={orchestrations} runs={runs} />
      <Section title="Events" description="What followers of this session see, live.">
        <SessionLive
          id={id}
          after={Math.max(0, newest - pastEvents)}
          newest={newest}
          isOpen={!isFinal(session.status) || isAtWork}
        />
      </Section>
    </div>
  );
}
