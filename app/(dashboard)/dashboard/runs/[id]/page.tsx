import { RotateCcw } from "lucide-react";
import type { Metadata } from "next";
import { ScoreLine } from "#components/charts/score-line";
import { EventFeed } from "#components/event-feed";
import { Markdown } from "#components/markdown/markdown";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Link } from "#components/ui/link";
import { Section } from "#components/ui/section";
import { findQuoteId } from "#lib/pricing/realised/service";
import { getRunOrigin } from "#lib/runs/list";
import { getRun } from "#lib/runs/service";
import { requireMember } from "../../../member";
import { orNotFound } from "../../apps/[id]/app";
import { askedOf } from "../asked";
import { StatusBadge } from "../status-badge";
import { adviceFor, isUnderWay } from "../words";
import { CancelButton } from "./cancel-button";
import { Facts } from "./facts";
import { Question } from "./question";
import { RunLive } from "./run-live";
import { Timeline } from "./timeline";

export const metadata: Metadata = { title: "Run" };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:read"), params]);
  const run = await orNotFound(getRun(ctx, id));
  const [origin, quoteId] = await Promise.all([orNotFound(getRunOrigin(ctx, id)), findQuoteId(ctx, id)]);
  const isOpen = isUnderWay(run.status);
  const asked = askedOf(run.input);
  const scores = run.steps.flatMap(({ name, score }) => (name === "evaluate" ? [score] : []));
  const events = run.events.map(({ sequence, type, createdAt, data }) => ({ sequence, type, at: createdAt, data }));

  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/runs" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Runs
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
            {run.model ?? "Chosen by Baton"}
          </h1>
          <span role="status" className="flex items-center gap-2">
            <StatusBadge status={run.status} />
            <RunLive url={`/api/runs/${id}/events`} after={events.at(-1)?.sequence ?? 0} isOpen={isOpen} />
          </span>
          {run.simulated ? <Badge tone="warning">Simulated</Badge> : null}
          <ScoreLine scores={scores} threshold={origin.threshold ?? undefined} />
          <span className="ml-auto flex flex-wrap gap-2">
            {isOpen ? <CancelButton id={id} /> : null}
            {asked && "prompt" in asked ? (
              <ButtonLink href={`/dashboard/playground?run=${id}`}>
                <RotateCcw aria-hidden />
                Replay with other settings
              </ButtonLink>
            ) : null}
          </span>
        </div>
      </header>
      {run.status === "failed" ? (
        <Alert tone="danger">
          {run.errorMessage} <span className="block">{adviceFor(run.errorCode)}</span>
          <span className="block text-xs">
            {run.errorCode}, request id {run.requestId}
          </span>
        </Alert>
      ) : null}
      {run.status === "completed" && run.events.some(({ type }) => type === "quote_used_up") ? (
        <Alert tone="warning">
          The quoted tokens were used up before the work was done. This is the best until then.
        </Alert>
      ) : null}
      {run.status === "cancelled" ? <Alert tone="info">{run.errorMessage ?? "The run was cancelled."}</Alert> : null}
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-5">
          <Question run={run} />
          {run.output === null ? null : (
            <Section title="Answer">
              <Card className="min-w-0 p-4">
                <Markdown text={run.output} />
              </Card>
            </Section>
          )}
          <Section title="Steps" description="Each call of a model, in order.">
            {run.steps.length === 0 && !isOpen ? (
              <Card className="p-4 text-muted-foreground">No model was called.</Card>
            ) : (
              <Timeline steps={run.steps} isOpen={isOpen} />
            )}
          </Section>
          <Section title="Events" description="What followers of this run saw, live.">
            <EventFeed
              events={events}
              hidden={["position"]}
              none="Calls that are passed through are stored when they are over, without events."
            />
          </Section>
        </div>
        <Facts run={run} origin={origin} quoteId={quoteId} />
      </div>
    </div>
  );
}
